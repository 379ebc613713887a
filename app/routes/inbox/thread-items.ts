import type { PanelTicket, ThreadMessage } from "./data.ts";
import { placeBetween, type Piece, type Place } from "./thread-pieces.ts";

/** What a thread shows, in order. */
export type ThreadItem =
  | { type: "start"; key: string }
  /** Older messages than these can be asked for; `first` is the oldest that is shown. */
  | { type: "more"; key: string; place: Place; first: string }
  | { type: "day"; key: string; at: Date }
  | { type: "unread"; key: string }
  | { type: "ticket"; key: string; at: Date; ticket: PanelTicket }
  /**
   * `joined`: the same person goes on within a few minutes. `gap`: what comes after it is not there yet; it belongs to the
   * message, so that what is read stays in place when it is filled.
   */
  | { type: "message"; key: string; at: Date; message: ThreadMessage; joined: boolean; gap: Place | null };

const joinedWithinMs = 5 * 60_000;

export interface ThreadLayout {
  pieces: readonly Piece[];
  /** Those opened from the conversation stand between its messages. */
  tickets: readonly PanelTicket[];
  /** Names the calendar day of an instant, in the tenant's zone. */
  dayOf: (at: Date) => string;
  /** The first message that was unread when the thread was opened. */
  unreadId?: string | null;
}

/** Lays out what is known of a thread, oldest first, with its tickets and a line per day. */
export function threadItems({ pieces, tickets, dayOf, unreadId = null }: ThreadLayout): ThreadItem[] {
  const items: ThreadItem[] = [beginning(pieces)].flatMap((item) => item ?? []);
  let day = "";
  let last: ThreadMessage | null = null;
  for (const [at, piece] of pieces.entries()) {
    const below = pieces[at + 1];
    const gap = below ? placeBetween(piece, below) : null;
    for (const entry of inTime(piece, tickets)) {
      const today = dayOf(entry.at);
      if (today !== day) {
        items.push({ type: "day", key: `day ${today}`, at: entry.at });
        last = null;
      }
      day = today;
      if ("ticket" in entry) {
        items.push({ type: "ticket", key: `ticket ${entry.ticket.number}`, ...entry });
        last = null;
        continue;
      }
      const { message } = entry;
      if (message.id === unreadId) items.push({ type: "unread", key: "unread" });
      const isLast = gap !== null && message === piece.messages.at(-1);
      const joined = message.id !== unreadId && goesOn(last, message);
      items.push({ type: "message", key: message.id, ...entry, joined, gap: isLast ? gap : null });
      last = message.kind === "event" || isLast ? null : message;
    }
  }
  return items;
}

function beginning([first]: readonly Piece[]): ThreadItem | null {
  if (!first?.olderCursor) return { type: "start", key: "start" };
  const oldest = first.messages[0];
  return oldest ? { type: "more", key: "more", place: { before: first.olderCursor }, first: oldest.id } : null;
}

type Entry = { at: Date; message: ThreadMessage } | { at: Date; ticket: PanelTicket };

/** The piece's messages and the tickets opened in its time; before the beginning and after the end there is nothing else. */
function inTime({ messages, olderCursor, newerCursor }: Piece, tickets: readonly PanelTicket[]): Entry[] {
  const from = olderCursor === null ? -Infinity : (messages[0]?.occurredAt.getTime() ?? Infinity);
  const to = newerCursor === null ? Infinity : (messages.at(-1)?.occurredAt.getTime() ?? -Infinity);
  const entries: Entry[] = messages.map((message) => ({ at: message.occurredAt, message }));
  const opened = tickets.filter(
    ({ here, createdAt }) => here && createdAt.getTime() >= from && createdAt.getTime() <= to,
  );
  if (opened.length === 0) return entries;
  return [...entries, ...opened.map((ticket) => ({ at: ticket.createdAt, ticket }))].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
}

function goesOn(last: ThreadMessage | null, next: ThreadMessage): boolean {
  return (
    last !== null &&
    last.direction === next.direction &&
    last.author?.id === next.author?.id &&
    next.occurredAt.getTime() - last.occurredAt.getTime() < joinedWithinMs
  );
}
