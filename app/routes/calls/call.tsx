import { CalendarPlus, MessageSquareText, Waypoints } from "lucide-react";
import type { ReactNode } from "react";
import { useFetcher } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { answerForm } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Badge } from "#app/ui/badge.tsx";
import { Banner } from "#app/ui/banner.tsx";
import { Button } from "#app/ui/button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";

import { AppointmentsBeside } from "../appointments/appointments-beside.tsx";
import { OneFile } from "../inbox/message-files.tsx";
import type { Route } from "./+types/call";
import { CallActions } from "./call-actions.tsx";
import { CallFacts } from "./call-facts.tsx";
import { CallLinks } from "./call-links.tsx";
import { CallWords } from "./call-words.tsx";
import type { Call } from "./data.ts";
import { callState, wasSpokenOn } from "./data.ts";
import { Sentiment } from "./sentiment.tsx";
import { useOther } from "./use-other.ts";

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function loader({ params, context }: Route.LoaderArgs) {
  if (!id.test(params.id)) throw new Response(null, { status: 404 });
  return context.get(apiContext).calls.get({ callId: params.id });
}

/** Takes the call to a ticket; or asks the provider again: for a recording that could not be fetched, or for what became of the call. */
export async function action({ params, request, context }: Route.ActionArgs) {
  const { attachments, calls } = context.get(apiContext);
  return answerForm(await request.formData(), async ({ intent, attachmentId = "", number = "" }) => {
    if (intent === "ticket") await calls.linkTicket({ callId: params.id, ticketNumber: Number(number) || null });
    else if (intent === "retry-file") await attachments.retry({ attachmentId });
    else await calls.ask({ callId: params.id });
    return { ok: true };
  });
}

/** One call: who, when and how long, what was said and done in it, and its recording. */
export default function CallPage({ loaderData: call }: Route.ComponentProps) {
  const t = useT("calls");
  const to = useTenantPath();
  const [shell, customers] = [useT("shell"), useT("customers")];
  const [mayFollow, mayBook] = [useCan("logs.read"), useCan("appointments.write")];
  const other = useOther();
  const name = other(call, call.customer?.name ?? null);
  useLive(["calls"], [call.id]);
  const { word, tone } = callState(call);
  return (
    <Page
      title={t("title", { name })}
      beside={
        <>
          <Badge tone={tone}>{t(word)}</Badge>
          {call.sentiment ? <Sentiment sentiment={call.sentiment} /> : null}
        </>
      }
      actions={
        <>
          {mayFollow ? (
            <LinkButton to={to(`flights/call/${call.id}`)} icon={<Waypoints size={14} aria-hidden />}>
              {t("flight")}
            </LinkButton>
          ) : null}
          {mayBook && call.customer ? (
            <LinkButton
              to={to(`appointments/new?customer=${call.customer.id}&call=${call.id}`)}
              icon={<CalendarPlus size={14} aria-hidden />}
            >
              <span className="max-sm:sr-only">{shell("bookAppointment")}</span>
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
          ) : wasSpokenOn(call) ? (
            <Part title={t("recording")}>
              <p className="text-dim">{t("notRecorded")}</p>
            </Part>
          ) : null}
          <Part title={t("words")}>
            <CallWords call={call} />
          </Part>
        </div>
        <aside className="flex min-w-0 flex-col gap-6">
          <Part title={t("facts")}>
            <CallFacts call={call} />
          </Part>
          {call.actions.length > 0 ? (
            <Part title={t("actions")}>
              <CallActions actions={call.actions} />
            </Part>
          ) : null}
          <Part title={t("about")}>
            <CallLinks call={call} />
          </Part>
          {call.customer ? (
            <Part title={customers("appointments")}>
              <AppointmentsBeside
                appointments={call.appointments}
                booking={`customer=${call.customer.id}&call=${call.id}`}
              />
            </Part>
          ) : null}
        </aside>
      </div>
    </Page>
  );
}

/** Said where the provider's own events did not tell how the call ended. */
function HowItIsKnown({ call }: { call: Call }) {
  const { endedReason, followUp, reconciledAt, underWay } = call;
  const t = useT("calls");
  const format = useFormat();
  if (underWay || call.awaited) return <Awaited call={call} />;
  if (endedReason === "no_news") return <Banner tone="warn">{t("noNews")}</Banner>;
  if (reconciledAt) return <Banner>{t("asked", { date: format.dateTime(reconciledAt) })}</Banner>;
  return followUp ? <Banner>{t(`followUp.${followUp.what}`, { date: format.dateTime(followUp.at) })}</Banner> : null;
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

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}
