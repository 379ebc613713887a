import { MessageSquareText, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useFetcher } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { OneFile } from "../inbox/message-files.tsx";
import type { Route } from "./+types/call";
import { CallActions } from "./call-actions.tsx";
import { CallWords } from "./call-words.tsx";
import type { Call } from "./data.ts";
import { callState, sentimentTones } from "./data.ts";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, context }: Route.LoaderArgs) {
  if (!id.test(params.id)) throw new Response(null, { status: 404 });
  return context.get(apiContext).calls.get({ callId: params.id });
}

/** Asks the provider again: for a recording that could not be fetched, or for what became of the call. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const { attachments, calls } = context.get(apiContext);
  return answerForm(await request.formData(), async ({ intent, attachmentId = "" }) => {
    if (intent === "retry-file") await attachments.retry({ attachmentId });
    else await calls.ask({ callId: params.id });
    return { ok: true };
  });
}

/** One call: who, when and how long, what was said and done in it, and its recording. */
export default function CallPage({ loaderData: call }: Route.ComponentProps) {
  const t = useT("calls");
  const to = useTenantPath();
  const mayFollow = useCan("logs.read");
  const name = useOther(call);
  useLive(["calls"], [call.id]);
  const { word, tone } = callState(call);
  return (
    <Page
      title={t("title", { name })}
      beside={
        <>
          <Badge tone={tone}>{t(word)}</Badge>
          {call.sentiment ? (
            <Badge tone={sentimentTones[call.sentiment]}>{t(`sentiment.${call.sentiment}`)}</Badge>
          ) : null}
        </>
      }
      actions={
        <>
          {mayFollow ? (
            <LinkButton to={to(`flights/call/${call.id}`)} icon={<Waypoints size={14} aria-hidden />}>
              {t("flight")}
            </LinkButton>
          ) : null}
          {call.conversationId ? (
            <LinkButton to={to(`inbox/${call.conversationId}`)} icon={<MessageSquareText size={14} aria-hidden />}>
              {t("back")}
            </LinkButton>
          ) : null}
        </>
      }
    >
      <div className="grid gap-x-8 gap-y-6 px-5 pt-1 pb-16 max-sm:px-4 lg:grid-cols-[minmax(0,46rem)_20rem]">
        <div className="flex min-w-0 flex-col gap-6">
          <HowItIsKnown call={call} />
          {call.summary ? (
            <Part title={t("summary")}>
              <p className="max-w-prose whitespace-pre-wrap">{call.summary}</p>
            </Part>
          ) : null}
          {call.recordings.length > 0 ? (
            <Part title={t("recording")}>
              {call.recordings.map((file) => (
                <OneFile key={file.id} file={file} channel={call.channel.name} />
              ))}
            </Part>
          ) : null}
          <Part title={t("words")}>
            <CallWords call={call} />
          </Part>
        </div>
        <aside className="flex min-w-0 flex-col gap-6">
          <Part title={t("facts")}>
            <Facts call={call} />
          </Part>
          {call.actions.length > 0 ? (
            <Part title={t("actions")}>
              <CallActions actions={call.actions} />
            </Part>
          ) : null}
        </aside>
      </div>
    </Page>
  );
}

/** Who was on the other end: a name, else a number, else somebody. */
function useOther({ customer, direction, fromNumber, toNumber }: Call): string {
  const t = useT("calls");
  const format = useFormat();
  const number = direction === "out" ? toNumber : fromNumber;
  // Somebody of whom nothing but the number is known is named by it.
  const known = customer?.name ?? (number?.startsWith("+") ? number : null);
  return known === null ? t("someone") : format.phone(known);
}

/** Said where the provider's own events did not tell how the call ended. */
function HowItIsKnown({ call }: { call: Call }) {
  const { endedReason, reconciledAt, underWay } = call;
  const t = useT("calls");
  const format = useFormat();
  if (underWay || call.awaited) return <Awaited call={call} />;
  if (endedReason === "no_news") return <Banner tone="warn">{t("noNews")}</Banner>;
  return reconciledAt ? <Banner>{t("asked", { date: format.dateTime(reconciledAt) })}</Banner> : null;
}

/** The call goes on, or its end has not arrived: whoever doubts it asks the provider. */
function Awaited({ call: { underWay, reconciledAt } }: { call: Call }) {
  const t = useT("calls");
  const format = useFormat();
  const allowed = useCan("conversations.reply");
  const { Form, state, data } = useFetcher<{ ok?: boolean }>();
  return (
    <Banner
      action={
        allowed ? (
          <Form method="post">
            <Button type="submit" size="sm" name="intent" value="ask" busy={state !== "idle"}>
              {t("ask")}
            </Button>
          </Form>
        ) : null
      }
    >
      {t(underWay ? "underWay" : "reportMissing")}{" "}
      <span role="status" className="text-dim">
        {data?.ok ? t("asking") : reconciledAt ? t("lastAsked", { date: format.dateTime(reconciledAt) }) : null}
      </span>
    </Banner>
  );
}

function Facts({ call }: { call: Call }) {
  const t = useT("calls");
  const format = useFormat();
  const to = useTenantPath();
  const phone = (number: string | null) => (number?.startsWith("+") ? format.phone(number) : number);
  const moment = (at: Date | null) => at && <time dateTime={at.toISOString()}>{format.dateTime(at)}</time>;
  const { customer, channel, durationSeconds, costCents, currency, endedReason } = call;
  return (
    <KeyValues
      rows={[
        [
          t("customer"),
          customer && (
            <Link key="customer" to={to(`customers/${customer.id}`)} className="link">
              {customer.name}
            </Link>
          ),
        ],
        [t("from"), phone(call.fromNumber)],
        [t("to"), phone(call.toNumber)],
        [t("forwardedFrom"), phone(call.forwardedFrom)],
        [t("channel"), channel.name],
        [t("began"), moment(call.startedAt)],
        [t("answered"), moment(call.answeredAt)],
        [t("ended"), moment(call.endedAt)],
        [t("duration"), durationSeconds ? format.duration(durationSeconds * 1000) : null],
        [t("cost"), costCents === null ? null : format.money(costCents, currency)],
        [t("endedReason"), endedReason && endedReason !== "no_news" ? <Code key="reason">{endedReason}</Code> : null],
        [t("assistant"), call.assistantId ? <Code key="assistant">{call.assistantId}</Code> : null],
      ]}
    />
  );
}

function Code({ children }: { children: string }) {
  return <code className="text-xs break-all">{children}</code>;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}
