import { CalendarPlus, Check, Ellipsis, Lock, Merge, Pencil, Printer, RotateCcw, Zap } from "lucide-react";
import { Link, useFetcher, useSearchParams } from "react-router";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { refusedIn } from "#app/shell/answer-form.ts";
import { useLive } from "#app/shell/live.ts";
import { useTelling } from "#app/shell/use-telling.ts";
import { ViewerLine } from "#app/shell/viewer-line.tsx";
import { Page } from "#app/shell/page.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Banner } from "#app/ui/banner.tsx";
import { Badge } from "#app/ui/badge.tsx";
import { Button } from "#app/ui/button.tsx";
import { cx } from "#app/ui/classes.ts";
import { IconButton } from "#app/ui/icon-button.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Menu } from "#app/ui/menu.tsx";

import { messagesAround } from "../inbox/messages-around.ts";
import type { Route } from "./+types/ticket";
import { actOnTicket, type TicketAnswer } from "./act-on-ticket.ts";
import { localOf } from "./due-time.ts";
import { EditTicket } from "./edit-ticket.tsx";
import { MacroPanel } from "./macro-panel.tsx";
import { MergeForm } from "./merge-form.tsx";
import { BackToQueue } from "./queue-field.tsx";
import { ResolveForm } from "./resolve-form.tsx";
import { SplitForm, splitWordsOf, type SplitWords } from "./split-form.tsx";
import { TicketAside } from "./ticket-aside.tsx";
import { isDone } from "./ticket-links.tsx";
import { TicketHistory } from "./ticket-history.tsx";
import { TicketThread } from "./ticket-thread.tsx";
import { statusTones } from "./ticket-words.ts";

export async function loader({ params, request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { searchParams } = new URL(request.url);
  const earlier = searchParams.get("earlier");
  const [detail, macros] = await Promise.all([
    api.tickets.get({ number: numberOf(params.number), ...(earlier ? { before: earlier } : {}) }),
    api.macros.list(),
  ]);
  const macroId = searchParams.get("macro");
  const macro = macroId ? await api.macros.preview({ macroId, ticketId: detail.ticket.id }) : null;
  const conversationId = detail.conversation?.id;
  const [opened, around] = conversationId
    ? await Promise.all([api.conversations.open({ conversationId }), messagesAround(api, conversationId, searchParams)])
    : [null, null];
  const dueLocal = detail.ticket.dueAt ? localOf(detail.ticket.dueAt, timeZoneOf(context, params.tenant)) : "";
  return {
    detail,
    macros: macros.map(({ id, name }) => ({ id, name })),
    macro: macro && { ...macro, runKey: crypto.randomUUID() },
    dueLocal,
    conversation: opened?.conversation ?? null,
    thread: opened?.thread ?? null,
    around,
    quickReplies: opened?.quickReplies ?? [],
    colleagues: opened?.colleagues ?? [],
    draft: opened?.draft ?? null,
    scheduled: opened?.scheduled ?? [],
  };
}

export async function action({ params, request, context }: Route.ActionArgs) {
  return actOnTicket({
    api: context.get(apiContext),
    number: numberOf(params.number),
    form: await request.formData(),
    path: `/t/${params.tenant}/tickets/${params.number}`,
    timeZone: timeZoneOf(context, params.tenant),
  });
}

function numberOf(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Response(null, { status: 404 });
  return Number(text);
}

function timeZoneOf(context: Route.LoaderArgs["context"], slug: string): string {
  return (
    context.get(pageContext).viewer?.memberships.find((membership) => membership.slug === slug)?.timezone ??
    "Europe/Paris"
  );
}

export default function TicketPage({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("tickets");
  const [search] = useSearchParams();
  const { detail, conversation, thread } = loaderData;
  const { ticket } = detail;
  useLive(["tickets"], [ticket.id]);
  useLive(["members"], undefined, { after: 500, every: 2_000 });
  useTelling({ ticketId: ticket.id, conversationId: conversation?.id ?? null });
  const talks = conversation !== null && thread !== null;
  const asked = search.get("tab");
  const tab = asked === "details" ? "details" : asked === "history" || !talks ? "history" : "thread";
  const refused = refusedIn(actionData);
  const split = splitWordsOf(search.get("split"), [
    ...detail.events.filter(({ type }) => type === "note").map(({ id, data }) => words("note", id, data["text"])),
    ...(thread?.messages ?? []).map(({ id, text }) => words("message", id, text)),
  ]);
  return (
    <Page
      fill
      title={`#${ticket.number} ${ticket.subject}`}
      heading={
        <>
          <span className="font-normal text-faint">#{ticket.number}</span> {ticket.subject}
        </>
      }
      beside={<Badge tone={statusTones[ticket.status]}>{t(`status.${ticket.status}`)}</Badge>}
      actions={<Actions detail={detail} macros={loaderData.macros} />}
      header={<Parts tab={tab} talks={talks} events={detail.events.length} />}
    >
      <div className={cx("flex min-w-0 flex-1 flex-col", tab === "details" && "max-lg:hidden")} key={ticket.id}>
        <ViewerLine
          ids={[ticket.id, conversation?.id]}
          className="border-b border-line px-5 py-1 empty:hidden max-sm:px-4"
        />
        <MergedBanner detail={detail} />
        {search.has("resolve") ? (
          <ResolveForm
            ticketId={ticket.id}
            missing={detail.form.fields.filter(
              ({ id, required, archivedAt }) => required && !archivedAt && ticket.fields[id] === undefined,
            )}
            openChildren={detail.relations.filter((one) => one.relation === "child" && !isDone(one)).length}
            lastResult={refused}
          />
        ) : null}
        {search.has("merge") ? <MergeForm ticket={ticket} lastResult={refused} /> : null}
        {loaderData.macro ? (
          <MacroPanel
            ticketId={ticket.id}
            macro={loaderData.macro}
            runKey={loaderData.macro.runKey}
            lastResult={refused}
          />
        ) : null}
        {split ? <SplitForm ticketId={ticket.id} words={split} lastResult={refused} /> : null}
        {search.has("edit") ? <EditTicket ticket={ticket} lastResult={refused} /> : null}
        {talks && tab !== "history" ? (
          <TicketThread
            conversation={conversation}
            thread={thread}
            around={loaderData.around}
            quickReplies={loaderData.quickReplies}
            colleagues={loaderData.colleagues}
            draft={loaderData.draft}
            scheduled={loaderData.scheduled}
            description={ticket.description}
          />
        ) : (
          <TicketHistory
            detail={detail}
            messages={thread?.messages ?? []}
            cut={thread !== null && thread.olderCursor !== null}
          />
        )}
      </div>
      <TicketAside detail={detail} dueLocal={loaderData.dueLocal} shown={tab === "details"} />
    </Page>
  );
}

const words = (kind: SplitWords["kind"], id: string, text: unknown): SplitWords => ({
  kind,
  id,
  text: typeof text === "string" ? text : "",
});

type Loaded = Route.ComponentProps["loaderData"];

/** Where a merged ticket goes on, and the way back. */
function MergedBanner({ detail: { ticket, relations } }: { detail: Loaded["detail"] }) {
  const t = useT("ticketWork");
  const to = useTenantPath();
  const { Form, state } = useFetcher<TicketAnswer>();
  const allowed = useCan("tickets.write");
  const into = relations.find(({ relation }) => relation === "merged_into");
  if (!into) return null;
  return (
    <Banner
      tone="info"
      className="mx-5 my-3 flex-none items-center max-sm:mx-4"
      action={
        allowed ? (
          <Form method="post">
            <input type="hidden" name="ticketId" value={ticket.id} />
            <Button type="submit" name="intent" value="unmerge" size="sm" busy={state !== "idle"}>
              {t("mergeUndo")}
            </Button>
          </Form>
        ) : null
      }
    >
      <Link to={to(`tickets/${into.number}`)} className="link">
        {t("mergedBanner", { number: String(into.number), subject: into.subject })}
      </Link>
    </Banner>
  );
}

function Actions({ detail: { ticket }, macros }: { detail: Loaded["detail"]; macros: Loaded["macros"] }) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const to = useTenantPath();
  const ui = useT("ui");
  const shell = useT("shell");
  const books = useCan("appointments.write");
  const { submit, state } = useFetcher<TicketAnswer>();
  if (!useCan("tickets.write")) return null;
  const send = (intent: string) => void submit({ intent, ticketId: ticket.id }, { method: "post" });
  const done = ticket.status === "resolved" || ticket.status === "closed";
  return (
    <>
      {macros.length > 0 && !ticket.mergedIntoId ? (
        <Menu
          align="end"
          trigger={
            <Button icon={<Zap size={14} aria-hidden />} shortcut="M">
              {work("macros")}
            </Button>
          }
          entries={macros.map(({ id, name }) => ({ label: name, to: `?macro=${id}` }))}
        />
      ) : null}
      {ticket.mergedIntoId ? null : done ? (
        <Button icon={<RotateCcw size={14} aria-hidden />} busy={state !== "idle"} onClick={() => send("reopen")}>
          {t("reopen")}
        </Button>
      ) : (
        <LinkButton to="?resolve=1" replace variant="primary" shortcut="E" icon={<Check size={15} aria-hidden />}>
          {t("resolve")}
        </LinkButton>
      )}
      <Menu
        align="end"
        trigger={<IconButton label={ui("more")} tipSide="end" icon={<Ellipsis size={16} aria-hidden />} />}
        entries={[
          { label: t("editSubject"), icon: <Pencil size={14} aria-hidden />, to: "?edit=1" },
          ...(ticket.mergedIntoId
            ? []
            : [{ label: work("merge"), icon: <Merge size={14} aria-hidden />, to: "?merge=1" }]),
          ...(books
            ? [
                {
                  label: shell("bookAppointment"),
                  icon: <CalendarPlus size={14} aria-hidden />,
                  to: to(
                    `appointments/new?ticket=${ticket.id}${ticket.customerId ? `&customer=${ticket.customerId}` : ""}`,
                  ),
                },
              ]
            : []),
          {
            label: work("printView"),
            icon: <Printer size={14} aria-hidden />,
            to: to(`tickets/${ticket.number}/print`),
          },
          ...(ticket.status === "closed"
            ? []
            : [{ label: t("close"), icon: <Lock size={14} aria-hidden />, onSelect: () => send("close") }]),
        ]}
      />
    </>
  );
}

function Parts({ tab, talks, events }: { tab: "thread" | "history" | "details"; talks: boolean; events: number }) {
  const t = useT("tickets");
  const current = (name: typeof tab) => (tab === name ? "page" : undefined);
  return (
    <nav aria-label={t("views")} className="flex items-end gap-4 px-5 shadow-[inset_0_-1px_var(--line)] max-sm:px-4">
      <BackToQueue>← {t("back")}</BackToQueue>
      {talks ? (
        <Link
          to="?"
          replace
          className="tab"
          aria-current={current("thread")}
          data-sole={tab === "details" ? "" : undefined}
        >
          {t("conversation")}
        </Link>
      ) : null}
      <Link to="?tab=history" replace className="tab" aria-current={current("history")}>
        {t("history")} <span>{events}</span>
      </Link>
      <Link to="?tab=details" replace className="tab lg:hidden" aria-current={current("details")}>
        {t("fields")}
      </Link>
    </nav>
  );
}
