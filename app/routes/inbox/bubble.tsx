import { CornerUpLeft } from "lucide-react";
import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import type { Delivery } from "#app/ui/ticks.tsx";

import type { Detail, ThreadMessage } from "./data.ts";
import { channelKind } from "./data.ts";
import { useMessageAddress } from "./message-address.ts";
import { MessageContext } from "./message-context.tsx";
import { MessageBody } from "./message-body.tsx";
import { NotSent } from "./not-sent.tsx";
import { quote } from "./quote-store.ts";
import { ReactButton, Reaction } from "./reactions.tsx";
import { ViaLink } from "./via-link.tsx";

type Quote = NonNullable<ThreadMessage["quoted"]>;

const deliveries: readonly string[] = ["pending", "sent", "delivered", "read", "failed", "unknown"];

/** One message: the customer's on the left, ours on the right with how far it has come, notes in yellow. */
export function Bubble({
  message,
  joined,
  conversation,
}: {
  message: ThreadMessage;
  joined: boolean;
  conversation: Detail;
}) {
  const t = useT("inbox");
  const channelType = message.via?.channelType ?? conversation.channel.type;
  const channel = t(`channel.${channelKind(channelType)}`);
  const { direction, quoted, reactions, status } = message;
  const inbound = direction === "in";
  const isHere = !message.via || message.via.conversationId === conversation.id;
  const answerable = inbound && isHere && !message.deletedAt && conversation.reply.refusal === null;
  return (
    <div className={cx("group flex flex-col", inbound ? "items-start" : "items-end", joined ? "pt-1" : "pt-3")}>
      <div className={cx("flex w-full items-center gap-1", inbound ? "justify-start" : "justify-end")}>
        <div
          className={cx(
            "bubble",
            inbound ? "bubble-in" : "bubble-out",
            message.kind === "note" && "bubble-note",
            status === "failed" && "bubble-failed",
          )}
        >
          {quoted ? <Quoted quoted={quoted} conversationId={message.via?.conversationId ?? conversation.id} /> : null}
          <MessageContext message={message} />
          <MessageBody message={message} channel={channel} marks={channelType === "whatsapp"} />
          <Meta message={message} />
        </div>
        {answerable ? <ReactButton message={message} emojis={conversation.reply.reactions} /> : null}
        {answerable ? (
          <span className="opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 max-sm:hidden">
            <IconButton
              size="sm"
              label={t("answerThis")}
              icon={<CornerUpLeft size={14} aria-hidden />}
              onClick={() => quote(conversation.id, { id: message.id, text: message.text })}
            />
          </span>
        ) : null}
      </div>
      {reactions.length > 0 ? (
        <p
          className={cx("-mt-1.5 rounded-full border border-line bg-surface px-1.5 text-sm", inbound ? "ml-3" : "mr-3")}
        >
          {reactions.map((reaction) => (
            <Reaction key={reaction.by} reaction={reaction} />
          ))}
        </p>
      ) : null}
      {direction === "out" && (status === "failed" || status === "unknown") ? (
        <NotSent message={message} channel={channel} isMail={channelType === "email"} />
      ) : null}
    </div>
  );
}

/** What a message answers; leads there. */
function Quoted({ quoted, conversationId }: { quoted: Quote; conversationId: string }) {
  const t = useT("inbox");
  const addressOf = useMessageAddress(conversationId);
  return (
    <p className="mb-1 line-clamp-2 border-l-2 border-control pl-2 text-xs text-dim">
      <span className="sr-only">{t("answering")} </span>
      <Link to={addressOf(quoted.id)} preventScrollReset className="hover:underline">
        {quoted.text || t("quoted.removed")}
      </Link>
    </p>
  );
}

function Meta({ message }: { message: ThreadMessage }) {
  const t = useT("inbox");
  const ui = useT("ui");
  const format = useFormat();
  const mayFollow = useCan("logs.read");
  const to = useTenantPath();
  const { direction, status, occurredAt } = message;
  const delivery = direction === "out" && deliveries.includes(status) ? (status as Delivery) : null;
  const words = [
    message.kind === "note" ? t("note") : null,
    direction === "in" ? null : message.author?.name || null,
    message.echo ? t("echo") : null,
    message.data?.["survey"] === undefined ? null : t("survey"),
    message.data?.["appointment"] === undefined ? null : t("aboutAppointment"),
    typeof message.data?.["score"] === "number" ? t("score", { score: message.data["score"] }) : null,
    message.sentByAi ? t("ai") : null,
    message.data?.["forwarded"] === true ? t("forwarded") : null,
    format.time(occurredAt),
    message.editedAt ? t("edited") : null,
    delivery ? ui(tickWords[delivery]) : null,
    delivery === "pending" && message.attempts > 0 ? t("trying") : null,
  ];
  return (
    <p className="mt-0.5 flex items-center gap-1 text-2xs text-faint">
      <time dateTime={occurredAt.toISOString()} title={format.full(occurredAt)}>
        {mayFollow && message.kind !== "note" ? (
          <a
            href={to(`flights/message/${message.id}`)}
            aria-label={`${words.filter(Boolean).join(" · ")} (${format.preciseTime(occurredAt)})`}
            className="-my-1.5 inline-block py-1.5 hover:underline"
          >
            {words.filter(Boolean).join(" · ")}
          </a>
        ) : (
          words.filter(Boolean).join(" · ")
        )}
      </time>
      {delivery ? <i className={`ico ico-${delivery}`} aria-hidden /> : null}
      {message.via ? <ViaLink via={message.via} messageId={message.id} /> : null}
    </p>
  );
}

const tickWords = {
  pending: "tickPending",
  sent: "tickSent",
  delivered: "tickDelivered",
  read: "tickRead",
  failed: "tickFailed",
  unknown: "tickUnknown",
} as const;
