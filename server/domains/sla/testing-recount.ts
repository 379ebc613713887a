import type { BusinessHours } from "#db/schema/channels.ts";
import type { SlaTarget, ticketEvents, tickets } from "#db/schema/tickets.ts";
import { isOpenByHand, type Minute } from "#server/domains/channels/testing-hours.ts";

const minute = 60_000;

/** What was promised, as somebody would have noted it beside the program. */
export interface PromiseMade {
  id: string;
  priorities: readonly string[];
  /** Empty: every channel. */
  channels: readonly string[];
  firstResponseMinutes: number | null;
  nextResponseMinutes: number | null;
  resolutionMinutes: number | null;
}

/** A ticket with all that its deadlines follow from. Instants are milliseconds since 1970, on whole minutes. */
export interface TicketHistory {
  row: typeof tickets.$inferSelect;
  /** Its timeline, oldest first. */
  events: readonly Pick<typeof ticketEvents.$inferSelect, "type" | "data" | "createdAt">[];
  /** What was said in its conversations after it was opened, oldest first. */
  said: readonly { at: number; from: "customer" | "member" }[];
  /** In the order in which they are asked. */
  policies: readonly PromiseMade[];
  /** The business's calendar, from when on it was what. The first is older than everything. */
  calendars: readonly { at: number; hours: BusinessHours }[];
  /** Every minute that anything may fall into. */
  minutes: readonly Minute[];
}

interface Standing {
  due: number | "later" | null;
  usedMinutes: number;
  met: number | null;
  target: number | null;
}
export interface Promises {
  policy: string | null;
  firstResponseAt: number | null;
  /** What sorting by deadline compares. */
  sortAt: number | "later";
  standings: Partial<Record<SlaTarget, Standing>>;
}

/** What the ticket's row says of its promises. */
export function promisesOf({ row, minutes }: TicketHistory): Promises {
  const last = minutes.at(-1)!.at;
  const dues = {
    first_response: row.firstResponseDueAt,
    next_response: row.nextResponseDueAt,
    resolution: row.resolutionDueAt,
  };
  const standings: Promises["standings"] = {};
  for (const [name, clock] of Object.entries(row.slaClocks ?? {})) {
    const running = clock.since !== null && clock.target !== null;
    const due = dues[name as SlaTarget]?.getTime() ?? null;
    standings[name as SlaTarget] = {
      due: running && (due === null || due > last) ? "later" : due,
      usedMinutes: clock.used / minute,
      met: clock.met,
      target: clock.target,
    };
  }
  const sortAt = row.slaSortAt.getTime();
  return {
    policy: row.slaPolicyId,
    firstResponseAt: row.firstResponseAt?.getTime() ?? null,
    sortAt: sortAt > last ? "later" : sortAt,
    standings,
  };
}

/** The same from what happened: stretches of the timeline, each walked through minute by minute. */
export function recountPromises(history: TicketHistory): Promises {
  const { row } = history;
  const talks = row.conversationId !== null;
  const turns = turnsOf(history);
  const statusBefore = (at: number) => turns.findLast((turn) => turn.at < at)?.status ?? "open";
  const heard = history.said.filter(({ at, from }) =>
    from === "customer" ? statusBefore(at) !== "closed" : !isDone(statusBefore(at)),
  );
  const firstReply = heard.find(({ from }) => from === "member")?.at ?? null;

  /** When the promise may run, and whether it was fulfilled. */
  const created = row.createdAt.getTime();
  const spans: Partial<Record<SlaTarget, { from: number; to: number | null }>> = {};
  if (talks) spans.first_response = { from: created, to: firstReply };
  for (const { at, from } of heard) {
    const cycle = spans.next_response;
    if (from === "member") {
      if (cycle && cycle.to === null) cycle.to = at;
    } else if ((talks ? (firstReply ?? Infinity) : -Infinity) < at && cycle?.to !== null)
      spans.next_response = { from: at, to: null };
  }
  const last = turns.at(-1)!;
  const doneSince = isDone(last.status) ? turns[turns.findLastIndex((turn) => !isDone(turn.status)) + 1]!.at : null;
  spans.resolution = { from: created, to: doneSince };

  // What is done keeps the policy that it was done under.
  const isOver = isDone(last.status);
  const policy = history.policies.find(
    ({ priorities, channels }) =>
      priorities.includes(row.priority) && (channels.length === 0 || channels.some((one) => one === row.channelType)),
  );
  const targets = {
    first_response: policy?.firstResponseMinutes ?? null,
    next_response: policy?.nextResponseMinutes ?? null,
    resolution: policy?.resolutionMinutes ?? null,
  };
  const standings: Promises["standings"] = {};
  for (const [name, span] of Object.entries(spans)) {
    const stretches = withUs(turns, span);
    const over = stretches.filter(({ to }) => to !== Infinity);
    const usedMinutes = over.reduce((sum, { from, to }) => sum + openMinutes(history, from, to), 0);
    const running = stretches.find(({ to }) => to === Infinity);
    const target =
      span.to === null && !isOver ? targets[name as SlaTarget] : (row.slaClocks?.[name as SlaTarget]?.target ?? null);
    standings[name as SlaTarget] = {
      due: running && target !== null ? dueFrom(history, running.from, target - usedMinutes) : null,
      usedMinutes,
      met: span.to,
      target,
    };
  }
  const dues = Object.values(standings).map(({ due }) => (typeof due === "number" ? due : Infinity));
  const nearest = Math.min(...dues);
  return {
    policy: isOver ? row.slaPolicyId : (policy?.id ?? null),
    firstResponseAt: firstReply,
    sortAt: nearest === Infinity ? "later" : nearest,
    standings,
  };
}

const isDone = (status: string) => status === "resolved" || status === "closed";

interface Turn {
  at: number;
  status: string;
}

/** Every status that the ticket has stood at, as its timeline tells. */
function turnsOf({ row, events }: TicketHistory): Turn[] {
  const moved = events.flatMap(({ type, data, createdAt }) => {
    const at = createdAt.getTime();
    if (type === "merged") return [{ at, status: "closed" }];
    if (type === "resolved" || type === "closed") return [{ at, status: type }];
    const moves = ["status", "reopened", "customer_replied", "unmerged"].includes(type);
    return moves ? [{ at, status: String(data["to"]) }] : [];
  });
  return [{ at: row.createdAt.getTime(), status: "open" }, ...moved];
}

/** When the ticket was with us within a span; two stretches that touch are one: it is counted by the calendar of its end. */
function withUs(turns: readonly Turn[], span: { from: number; to: number | null }): { from: number; to: number }[] {
  const stretches = turns.flatMap(({ at, status }, index) => {
    const from = Math.max(at, span.from);
    const to = Math.min(turns[index + 1]?.at ?? Infinity, span.to ?? Infinity);
    return (status === "open" || status === "in_progress") && from < to ? [{ from, to }] : [];
  });
  const joined: { from: number; to: number }[] = [];
  for (const stretch of stretches) {
    const before = joined.at(-1);
    if (before?.to === stretch.from) before.to = stretch.to;
    else joined.push({ ...stretch });
  }
  return joined;
}

function calendarAt({ calendars }: TicketHistory, at: number): BusinessHours {
  return calendars.findLast((one) => one.at < at)!.hours;
}

function openMinutes(history: TicketHistory, from: number, to: number): number {
  const hours = calendarAt(history, to);
  return history.minutes.filter((one) => one.at >= from && one.at < to && isOpenByHand(hours, one)).length;
}

function dueFrom(history: TicketHistory, from: number, left: number): number | "later" {
  if (left <= 0) return from;
  const hours = calendarAt(history, Infinity);
  let waiting = left;
  const last = history.minutes.find((one) => one.at >= from && isOpenByHand(hours, one) && --waiting === 0);
  const due = last ? last.at + minute : Infinity;
  return due > history.minutes.at(-1)!.at ? "later" : due;
}
