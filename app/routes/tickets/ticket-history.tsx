import { Link, useSearchParams } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Tabs } from "#app/ui/tabs.tsx";

import type { ThreadMessage } from "../inbox/data.ts";
import { NoteForm } from "./note-form.tsx";
import { parts, readPart, storyOf } from "./story.ts";
import { EventLine, MessageLine } from "./story-line.tsx";
import type { TicketDetail } from "./ticket-aside.tsx";

interface TicketHistoryProps {
  detail: TicketDetail;
  /** Of its conversation, the latest. */
  messages: readonly ThreadMessage[];
  /** There are older ones. */
  cut: boolean;
}

/** What happened to the ticket, oldest first: changes, notes with their files, and what was said. */
export function TicketHistory({ detail, messages, cut }: TicketHistoryProps) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const mayFollow = useCan("logs.read");
  const to = useTenantPath();
  const [search] = useSearchParams();
  const { ticket, events, earlier } = detail;
  const part = readPart(search.get("show"));
  const isEarlier = search.has("earlier");
  // An earlier page of the timeline is of another time than the thread's newest messages.
  const lines = storyOf(events, isEarlier ? [] : messages, part);
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <Tabs
        label={work("show")}
        tabs={parts
          .filter((one) => one !== "messages" || messages.length > 0)
          .map((one) => ({ to: `?tab=history&show=${one}`, label: work(`show.${one}`), on: one === part }))}
      />
      <div className="min-h-0 flex-1 overflow-y-auto px-5 py-4 max-sm:px-4">
        <div className="mx-auto flex max-w-3xl flex-col gap-5">
          <section aria-label={t("description")}>
            <h2 className="mb-1 text-xs font-semibold text-faint">{t("description")}</h2>
            {ticket.description ? (
              <p className="whitespace-pre-wrap">{ticket.description}</p>
            ) : (
              <p className="text-faint">{t("noDescription")}</p>
            )}
          </section>
          <p className="flex flex-wrap gap-4 text-xs">
            {mayFollow ? (
              <Link to={to(`flights/ticket/${ticket.id}`)} className="link">
                {t("flight")}
              </Link>
            ) : null}
            {earlier ? (
              <Link to={`?tab=history&show=${part}&earlier=${earlier}`} className="link">
                {work("earlier")}
              </Link>
            ) : null}
            {isEarlier ? (
              <Link to={`?tab=history&show=${part}`} className="link">
                {work("latest")}
              </Link>
            ) : null}
            {cut && !isEarlier && (part === "all" || part === "messages") ? (
              <span className="text-faint">{work("olderInThread")}</span>
            ) : null}
          </p>
          {lines.length === 0 ? <p className="text-faint">{work("nothingHere")}</p> : null}
          <ol aria-label={t("history")} className="flex flex-col gap-2.5 border-t border-line pt-4">
            {lines.map((line) =>
              line.event ? (
                <EventLine key={line.event.id} event={line.event} detail={detail} />
              ) : (
                <MessageLine key={line.message.id} message={line.message} detail={detail} />
              ),
            )}
          </ol>
        </div>
      </div>
      <NoteForm ticketId={ticket.id} colleagues={detail.assignees} />
    </div>
  );
}
