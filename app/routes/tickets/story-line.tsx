import { Scissors } from "lucide-react";
import { Link } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan } from "#app/shell/shell-data.ts";
import { RelativeTime } from "#app/ui/relative-time.tsx";

import { channelKind, type ThreadMessage } from "../inbox/data.ts";
import { OneFile } from "../inbox/message-files.tsx";
import { eventWords } from "./event-words.ts";
import type { TicketDetail } from "./ticket-aside.tsx";

type Event = TicketDetail["events"][number];

/** Something that was done to the ticket, or noted on it. */
export function EventLine({ event, detail }: { event: Event; detail: TicketDetail }) {
  const t = useT("tickets");
  const ui = useT("ui");
  const work = useT("ticketWork");
  const format = useFormat();
  const { files, of, type } = event;
  return (
    <li className="group flex flex-col gap-1">
      <p className="text-xs text-dim">
        <b className="font-medium text-fg">{actorOf(event, t)}</b> {eventWords(event, t, ui, format, work)}
        {of === null ? null : ` ${work("fromMerged", { number: String(of) })}`} ·{" "}
        <span className="text-faint">
          <RelativeTime at={event.createdAt} />
        </span>
        {type === "note" ? <SplitLink detail={detail} from={`note:${event.id}`} /> : null}
      </p>
      <Quoted event={event} />
      {files.length > 0 ? (
        <div className="flex flex-col items-start gap-1.5">
          {files.map((file) => (
            <OneFile key={file.id} file={file} channel="" />
          ))}
        </div>
      ) : null}
    </li>
  );
}

/** Something that was said in the ticket's conversation. */
export function MessageLine({ message, detail }: { message: ThreadMessage; detail: TicketDetail }) {
  const t = useT("tickets");
  const inbox = useT("inbox");
  const work = useT("ticketWork");
  const { direction, author, deletedAt, text, kind, attachments } = message;
  const name =
    direction === "in" ? (detail.customer?.name ?? t("actor.customer")) : (author?.name ?? t("actor.system"));
  const channel = inbox(`channel.${channelKind(detail.ticket.channelType ?? "")}`);
  return (
    <li className="group flex flex-col gap-1">
      <p className="text-xs text-dim">
        {work("saidBy", { name })} · <span className="text-faint">{kind === "note" ? inbox("note") : channel} · </span>
        <span className="text-faint">
          <RelativeTime at={message.occurredAt} />
        </span>
        {deletedAt ? null : <SplitLink detail={detail} from={`message:${message.id}`} />}
      </p>
      {text || deletedAt ? (
        <p
          className={`w-fit max-w-full rounded-lg px-3 py-2 break-words whitespace-pre-wrap ${kind === "note" ? "bg-note" : direction === "in" ? "bg-sunken" : "bg-active"}`}
        >
          {deletedAt ? inbox(direction === "in" ? "deletedIn" : "deletedOut") : text}
        </p>
      ) : null}
      {attachments
        .filter((file) => !file.inline)
        .map((file) => (
          <OneFile key={file.id} file={file} channel={channel} />
        ))}
    </li>
  );
}

/** Makes these words a ticket of their own. */
function SplitLink({ detail: { ticket }, from }: { detail: TicketDetail; from: string }) {
  const t = useT("ticketWork");
  const allowed = useCan("tickets.write") && !ticket.mergedIntoId;
  if (!allowed) return null;
  return (
    <Link
      to={`?tab=history&split=${from}`}
      replace
      title={t("splitLong")}
      className="link ml-2 inline-flex items-center gap-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
    >
      <Scissors size={12} aria-hidden /> <span className="max-sm:sr-only">{t("split")}</span>
    </Link>
  );
}

function Quoted({ event }: { event: Event }) {
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

export function actorOf(event: Event, t: ReturnType<typeof useT<"tickets">>): string {
  if (event.type === "customer_replied" || event.type === "survey") return t("actor.customer");
  if (event.actorName) return event.actorName;
  if (typeof event.data["rule"] === "string") return t("actor.rule", { name: event.data["rule"] });
  return event.actorType === "webhook"
    ? t("actor.webhook")
    : event.actorType === "member"
      ? t("actor.gone")
      : t("actor.system");
}
