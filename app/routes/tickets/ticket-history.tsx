import { useEffect, useRef } from "react";
import { Link, useFetcher } from "react-router";

import { useErrorText, useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Textarea } from "#app/ui/inputs.tsx";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import type { TicketAnswer } from "./act-on-ticket.ts";
import { eventWords } from "./event-words.ts";
import type { TicketDetail } from "./ticket-aside.tsx";

/** What happened to the ticket, oldest first, with the notes that members left. */
export function TicketHistory({ detail }: { detail: TicketDetail }) {
  const t = useT("tickets");
  const ui = useT("ui");
  const format = useFormat();
  const mayFollow = useCan("logs.read");
  const to = useTenantPath();
  const { ticket, events } = detail;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
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
          {mayFollow ? (
            <Link to={to(`flights/ticket/${ticket.id}`)} className="link self-start text-xs">
              {t("flight")}
            </Link>
          ) : null}
          <ol className="flex flex-col gap-2.5 border-t border-line pt-4">
            {events.map((event) => (
              <li key={event.id} className="flex flex-col gap-1">
                <p className="text-xs text-dim">
                  <b className="font-medium text-fg">{actorOf(event, t)}</b> {eventWords(event, t, ui, format)} ·{" "}
                  <span className="text-faint">
                    <RelativeTime at={event.createdAt} />
                  </span>
                </p>
                <Quoted event={event} />
              </li>
            ))}
          </ol>
        </div>
      </div>
      <NoteForm ticketId={ticket.id} />
    </div>
  );
}

function Quoted({ event }: { event: TicketDetail["events"][number] }) {
  const text = event.type === "note" ? event.data["text"] : event.type === "resolved" ? event.data["notes"] : null;
  if (typeof text !== "string" || text === "") return null;
  return (
    <p
      className={`w-fit max-w-full rounded-lg px-3 py-2 whitespace-pre-wrap ${event.type === "note" ? "bg-note" : "bg-ok-soft"}`}
    >
      {text}
    </p>
  );
}

function actorOf(event: TicketDetail["events"][number], t: ReturnType<typeof useT<"tickets">>): string {
  if (event.type === "customer_replied") return t("actor.customer");
  if (event.actorName) return event.actorName;
  return event.actorType === "webhook"
    ? t("actor.webhook")
    : event.actorType === "member"
      ? t("actor.gone")
      : t("actor.system");
}

function NoteForm({ ticketId }: { ticketId: string }) {
  const t = useT("tickets");
  const errorText = useErrorText();
  const { Form, state, data } = useFetcher<TicketAnswer>();
  const form = useRef<HTMLFormElement>(null);
  const allowed = useCan("tickets.write");
  useEffect(() => {
    if (data?.ok) form.current?.reset();
  }, [data]);
  if (!allowed) return null;
  return (
    <Form method="post" ref={form} className="flex-none border-t border-line px-5 py-2.5 max-sm:px-4">
      <div className="mx-auto flex max-w-3xl items-end gap-2">
        <input type="hidden" name="intent" value="ticket-note" />
        <input type="hidden" name="ticketId" value={ticketId} />
        <Textarea
          name="text"
          required
          maxLength={5_000}
          rows={2}
          aria-label={t("note")}
          aria-keyshortcuts="N"
          placeholder={`${t("note")} · ${t("notePlaceholder")}`}
          className="min-h-14 bg-note"
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) event.currentTarget.form?.requestSubmit();
            else if (event.key === "Escape") event.currentTarget.blur();
          }}
        />
        <Button type="submit" busy={state !== "idle"}>
          {t("addNote")}
        </Button>
      </div>
      {data && !data.ok ? (
        <p role="alert" className="mx-auto mt-1 max-w-3xl text-xs text-bad">
          {errorText(Object.values(data.fields).flat()[0] ?? data.reason, data.code)}
        </p>
      ) : null}
    </Form>
  );
}
