import { Ban, CircleAlert, CircleCheck, Clock, type LucideIcon } from "lucide-react";
import { Form, Link, useNavigation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";

import type { AppointmentMessage } from "./data.ts";
import { useCalendarFormat } from "./use-calendar-format.ts";

/** Left unsent for a reason that a member may overrule. */
const again: ReadonlySet<string> = new Set([
  "by_hand",
  "turned_off",
  "quiet_hours",
  "opted_out",
  "window_closed",
  "no_way",
  "channel_unavailable",
  "too_long",
]);

/** What the customer was told of this appointment, and will be: when, by which channel, what came of it, or why not. */
export function AppointmentMessages({ messages, status }: { messages: readonly AppointmentMessage[]; status: string }) {
  const t = useT("appointmentMessages");
  return (
    <section aria-labelledby="appointment-messages" className="flex flex-col gap-2">
      <h2 id="appointment-messages" className="font-semibold">
        {t("title")}
      </h2>
      {messages.length === 0 ? <p className="text-dim">{t("none")}</p> : null}
      {messages.length > 0 ? (
        <ul aria-labelledby="appointment-messages">
          {messages.map((message) => (
            <MessageLine key={message.id} message={message} open={status !== "rescheduled"} />
          ))}
        </ul>
      ) : null}
    </section>
  );
}

function MessageLine({ message, open }: { message: AppointmentMessage; open: boolean }) {
  const t = useT("appointmentMessages");
  const to = useTenantPath();
  const mayWrite = useCan("appointments.write");
  const { kind, status, reason, conversationId } = message;
  const [Icon, tone] = iconOf(message);
  const words = t(`kind.${kind}`);
  const waits = status === "planned" || (status === "not_sent" && again.has(reason ?? ""));
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-t border-line py-2 first:border-t-0">
      <Icon size={15} aria-hidden className={`tone-${tone} shrink-0 text-(--tone)`} />
      <span className="flex min-w-0 flex-1 flex-wrap gap-x-3 max-sm:basis-4/5">
        <span className="font-medium">{words}</span>
        <span className="text-dim">
          <Standing message={message} />
        </span>
      </span>
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {conversationId ? (
          <Link to={to(`inbox/${conversationId}`)} className="link text-xs" aria-label={t("readItOf", { kind: words })}>
            {t("readIt")}
          </Link>
        ) : null}
        {mayWrite && open && waits ? (
          <Decide
            intent="send-message"
            message={message}
            words={t("sendNow")}
            label={t("sendNowOf", { kind: words })}
          />
        ) : null}
        {mayWrite && status === "planned" ? (
          <Decide intent="drop-message" message={message} words={t("drop")} label={t("dropOf", { kind: words })} />
        ) : null}
      </span>
    </li>
  );
}

function Standing({ message }: { message: AppointmentMessage }) {
  const t = useT("appointmentMessages");
  const inbox = useT("inbox");
  const format = useFormat();
  const { dayOf } = useCalendarFormat();
  const { status, reason, dueAt, channelType, delivery, answer } = message;
  const when = `${dayOf(dueAt)}, ${format.time(dueAt)}`;
  if (status === "planned") return t("planned", { when });
  if (status === "not_sent") return t("notSent", { why: t(`reason.${reason ?? "by_hand"}`) });
  const channel = channelType ? ` ${t("byChannel", { channel: inbox(`channel.${channelType as "sms"}`) })}` : "";
  const came = delivery && isTold(delivery) ? `, ${t(`delivery.${delivery}`)}` : "";
  return t("sent", { when }) + channel + came + (answer ? ` · ${t(`answer.${answer}`)}` : "");
}

const told = ["pending", "unknown", "delivered", "read", "failed"] as const;
const isTold = (delivery: string): delivery is (typeof told)[number] => told.some((one) => one === delivery);

function iconOf({ status, delivery, answer }: AppointmentMessage): [LucideIcon, string] {
  if (status === "planned") return [Clock, "info"];
  if (status === "not_sent") return [Ban, "neutral"];
  if (delivery === "failed") return [CircleAlert, "bad"];
  return [CircleCheck, answer === "move" ? "warn" : "ok"];
}

interface DecideProps {
  intent: "send-message" | "drop-message";
  message: AppointmentMessage;
  words: string;
  label: string;
}

function Decide({ intent, message, words, label }: DecideProps) {
  const { state, formData } = useNavigation();
  const busy = state !== "idle" && formData?.get("intent") === intent && formData.get("messageId") === message.id;
  return (
    <Form method="post" action="?" preventScrollReset>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="messageId" value={message.id} />
      <Button type="submit" size="sm" variant="quiet" busy={busy} aria-label={label}>
        {words}
      </Button>
    </Form>
  );
}
