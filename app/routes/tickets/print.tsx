import { Printer } from "lucide-react";
import type { ReactNode } from "react";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { useShell, useTenantPath } from "#app/shell/shell-data.ts";
import { BackLink } from "#app/ui/back-link.tsx";
import { Button } from "#app/ui/button.tsx";
import { KeyValues } from "#app/ui/key-values.tsx";

import type { Caller } from "#server/trpc/root.ts";

import type { ThreadMessage } from "../inbox/data.ts";
import type { Route } from "./+types/print";
import { eventWords } from "./event-words.ts";
import { actorOf } from "./story-line.tsx";
import { storyOf } from "./story.ts";
import { priorityWords } from "./ticket-words.ts";
import { valueWords } from "./value-words.ts";

/** Pages of the thread that are printed at most. */
const mostPages = 5;

export async function loader({ params, context }: Route.LoaderArgs) {
  if (!/^[1-9]\d{0,8}$/.test(params.number)) throw new Response(null, { status: 404 });
  const api = context.get(apiContext);
  const detail = await api.tickets.get({ number: Number(params.number) });
  const conversationId = detail.conversation?.id;
  const events = [...detail.events];
  for (let { earlier } = detail; earlier;) {
    const page = await api.tickets.get({ number: detail.ticket.number, before: earlier });
    events.unshift(...page.events);
    earlier = page.earlier;
  }
  const thread = conversationId ? await threadOf(api, conversationId) : { messages: [], cut: false };
  return { detail: { ...detail, events }, ...thread, printedAt: new Date() };
}

async function threadOf(api: Caller, conversationId: string) {
  const messages: ThreadMessage[] = [];
  let before: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const found: Awaited<ReturnType<Caller["conversations"]["thread"]>> = await api.conversations.thread({
      conversationId,
      before,
      limit: 100,
    });
    messages.unshift(...found.messages);
    before = found.olderCursor;
    if (!before) break;
  }
  return { messages, cut: before !== null };
}

/** The ticket on paper: fields, what was said, notes and what was done, without the program around it. */
export default function PrintTicket({ loaderData: { detail, messages, cut, printedAt } }: Route.ComponentProps) {
  const t = useT("tickets");
  const work = useT("ticketWork");
  const ui = useT("ui");
  const inbox = useT("inbox");
  const format = useFormat();
  const { tenant } = useShell();
  const to = useTenantPath();
  const { ticket, customer, form, events } = detail;
  const category = form.categories.find(({ id }) => id === ticket.categoryId)?.name;
  const notes = events.filter(({ type }) => type === "note");
  const changes = storyOf(events, [], "changes");
  const said = storyOf([], messages, "messages");
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 px-5 py-6">
      <title>{`#${ticket.number} ${ticket.subject} · ${tenant.name}`}</title>
      <nav aria-label={work("print")} className="flex items-center justify-between gap-3 print:hidden" data-screen-only>
        <BackLink to={to(`tickets/${ticket.number}`)}>{work("backToTicket")}</BackLink>
        <Button variant="primary" icon={<Printer size={14} aria-hidden />} onClick={() => window.print()}>
          {work("print")}
        </Button>
      </nav>
      <header className="flex flex-col gap-1">
        <h1 className="text-xl font-semibold">
          #{ticket.number} {ticket.subject}
        </h1>
        <p className="text-xs text-dim">
          {tenant.name} · {work("printedAt", { when: format.dateTime(printedAt) })}
        </p>
      </header>
      <KeyValues
        rows={[
          [t("status"), t(`status.${ticket.status}`)],
          [t("priority"), ui(priorityWords[ticket.priority])],
          [t("category"), category],
          [t("assignee"), detail.assigneeName],
          [t("customer"), customer?.name],
          [t("created"), format.dateTime(ticket.createdAt)],
          [t("due"), ticket.dueAt ? format.dateTime(ticket.dueAt) : null],
          ...form.fields
            .filter(({ id }) => ticket.fields[id] !== undefined)
            .map(({ id, name, type }) => [name, valueWords(type, ticket.fields[id], work, format)] as const),
          ...detail.relations.map(
            ({ relation, number, subject }) => [work(`relation.${relation}`), `#${number} ${subject}`] as const,
          ),
          [t("resolutionNotes"), ticket.resolutionNotes],
        ]}
      />
      {ticket.description ? (
        <Part title={t("description")}>
          <p className="whitespace-pre-wrap">{ticket.description}</p>
        </Part>
      ) : null}
      {said.length > 0 ? (
        <Part title={work("thread")}>
          {cut ? <p className="text-xs text-dim">{work("threadCut", { count: messages.length })}</p> : null}
          {said.map(({ message }) =>
            message ? (
              <Said
                key={message.id}
                who={
                  message.direction === "in"
                    ? (customer?.name ?? t("actor.customer"))
                    : (message.author?.name ?? t("actor.system"))
                }
                at={message.occurredAt}
              >
                {message.deletedAt ? inbox(message.direction === "in" ? "deletedIn" : "deletedOut") : message.text}
                {message.attachments.map((file) => (
                  <FileName key={file.id} name={file.fileName ?? inbox(`media.${file.kind}`)} />
                ))}
              </Said>
            ) : null,
          )}
        </Part>
      ) : null}
      {notes.length > 0 ? (
        <Part title={work("notes")}>
          {notes.map((event) => (
            <Said key={event.id} who={actorOf(event, t)} at={event.createdAt}>
              {typeof event.data["text"] === "string" ? event.data["text"] : ""}
              {event.files.map((file) => (
                <FileName key={file.id} name={file.fileName ?? inbox(`media.${file.kind}`)} />
              ))}
            </Said>
          ))}
        </Part>
      ) : null}
      <Part title={work("timeline")}>
        <ol className="flex flex-col gap-1">
          {changes.map(({ event }) =>
            event ? (
              <li key={event.id} className="break-inside-avoid">
                <time className="text-dim">{format.dateTime(event.createdAt)}</time> · <b>{actorOf(event, t)}</b>{" "}
                {eventWords(event, t, ui, format, work)}
              </li>
            ) : null,
          )}
        </ol>
      </Part>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-3 border-t border-line pt-4">
      <h2 className="font-semibold">{title}</h2>
      {children}
    </section>
  );
}

function Said({ who, at, children }: { who: string; at: Date; children: ReactNode }) {
  const format = useFormat();
  return (
    <div className="break-inside-avoid">
      <p className="text-xs text-dim">
        <b className="font-medium text-fg">{who}</b> · {format.dateTime(at)}
      </p>
      <p className="break-words whitespace-pre-wrap">{children}</p>
    </div>
  );
}

const FileName = ({ name }: { name: string }) => <span className="block text-dim">📎 {name}</span>;
