import type { PanelTicket, ThreadMessage } from "./data.ts";

/** What a thread shows, in order. */
export type ThreadItem =
  | { type: "start"; key: string }
  | { type: "day"; key: string; at: Date }
  | { type: "ticket"; key: string; at: Date; ticket: PanelTicket }
  /** `joined`: the same person goes on within a few minutes. */
  | { type: "message"; key: string; at: Date; message: ThreadMessage; joined: boolean };

const joinedWithinMs = 5 * 60_000;

/**
 * Lays out messages, oldest first, with the tickets opened from the conversation between them and a line
 * per day of the tenant. `dayOf` names the calendar day of an instant; `whole`: nothing older is left out.
 */
export function threadItems(
  messages: readonly ThreadMessage[],
  tickets: readonly PanelTicket[],
  dayOf: (at: Date) => string,
  whole: boolean,
): ThreadItem[] {
  const from = whole ? -Infinity : (messages[0]?.occurredAt.getTime() ?? Infinity);
  const opened = tickets.filter((ticket) => ticket.here && ticket.createdAt.getTime() >= from);
  const dated = [
    ...messages.map((message) => ({ at: message.occurredAt, message })),
    ...opened.map((ticket) => ({ at: ticket.createdAt, ticket })),
  ].toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const items: ThreadItem[] = whole ? [{ type: "start", key: "start" }] : [];
  let day = "";
  let last: ThreadMessage | null = null;
  for (const entry of dated) {
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
    items.push({ type: "message", key: entry.message.id, ...entry, joined: goesOn(last, entry.message) });
    last = entry.message.kind === "event" ? null : entry.message;
  }
  return items;
}

function goesOn(last: ThreadMessage | null, next: ThreadMessage): boolean {
  return (
    last !== null &&
    last.direction === next.direction &&
    last.author?.id === next.author?.id &&
    next.occurredAt.getTime() - last.occurredAt.getTime() < joinedWithinMs
  );
}
