import { inArray } from "drizzle-orm";
import { auditLog } from "#db/schema/tenants.ts";
import { ticketBulkChanges } from "#db/schema/ticket-queue.ts";
import { openTicketStatuses, ticketEvents, tickets, ticketWatchers } from "#db/schema/tickets.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { TicketCounts } from "./count-tickets.ts";
import type { Ticket } from "./ticket-changes.ts";

export type TicketEventRow = typeof ticketEvents.$inferSelect;

/** Everything that is told of a business's tickets, read row by row. */
export interface TicketBook {
  rows: Ticket[];
  /** Timelines by ticket, oldest first. */
  events: Map<string, TicketEventRow[]>;
  /** By the id of a bulk change, the one that it takes back. */
  undoes: Map<string, string>;
  watching: { ticketId: string; userId: string }[];
  /** Conversations that went on in another, and that were taken back (`into` null), oldest first. */
  merges: { conversationId: string; into: string | null; at: number }[];
}

export async function readTicketBook(tx: TenantTx): Promise<TicketBook> {
  const rows = await tx.select().from(tickets).orderBy(tickets.id);
  const events = await tx.select().from(ticketEvents).orderBy(ticketEvents.createdAt, ticketEvents.id);
  const bulks = await tx.select().from(ticketBulkChanges);
  return {
    rows,
    events: Map.groupBy(events, ({ ticketId }) => ticketId),
    undoes: new Map(bulks.flatMap(({ id, undoes }) => (undoes ? [[id, undoes] as const] : []))),
    watching: await tx.select().from(ticketWatchers),
    merges: await readMerges(tx),
  };
}

async function readMerges(tx: TenantTx): Promise<TicketBook["merges"]> {
  const done = ["conversation.merge", "conversation.unmerge"];
  const rows = await tx.select().from(auditLog).where(inArray(auditLog.action, done)).orderBy(auditLog.id);
  return rows.map(({ action, entityId, data, createdAt }) => ({
    conversationId: entityId ?? "",
    into: action === "conversation.merge" ? String(data["into"]) : null,
    at: createdAt.getTime(),
  }));
}

type Standing = Pick<Ticket, "status" | "resolvedAt" | "resolvedBy" | "closedAt" | "reopenedCount">;
type Merged = Pick<Ticket, "status" | "closedAt">;

/** Where a ticket stands, who has it and where it goes on, as its row says. */
export function standingOf({ rows }: TicketBook, ticket: Ticket) {
  const { status, resolvedAt, resolvedBy, closedAt, reopenedCount, mergedIntoId } = ticket;
  return {
    standing: { status, resolvedAt, resolvedBy, closedAt, reopenedCount },
    priority: ticket.priority,
    assigneeId: ticket.assigneeId,
    isAssignedSince: ticket.assignedAt !== null,
    teamId: ticket.teamId,
    mergedInto: rows.find((row) => row.id === mergedIntoId)?.number ?? null,
  };
}

/** The same from its timeline alone, told again from the beginning. */
export function recountStanding(book: TicketBook, { id }: Ticket): Partial<ReturnType<typeof standingOf>> {
  let standing: Standing = { status: "open", resolvedAt: null, resolvedBy: null, closedAt: null, reopenedCount: 0 };
  let before: Merged | null = null;
  let mergedInto: number | null = null;
  /** What bulk changes found, for those who take them back. */
  const found = new Map<string, Standing>();
  /** Only the timeline's own words: what a ticket was opened with has none. */
  const said: { priority?: Ticket["priority"]; assigneeId?: string | null; teamId?: string | null } = {};
  for (const { type, data, createdAt, actorId } of book.events.get(id) ?? []) {
    const to = data["to"] as never;
    const bulk = typeof data["bulk"] === "string" ? data["bulk"] : null;
    const isStatus = ["resolved", "closed", "reopened", "status"].includes(type);
    if (bulk && isStatus && data["undone"]) {
      standing = found.get(book.undoes.get(bulk) ?? "") ?? standing;
      continue;
    }
    if (bulk && isStatus) found.set(bulk, standing);
    const { status, reopenedCount } = standing;
    const isReopened = type === "reopened" || (type === "customer_replied" && status === "resolved");
    if (type === "resolved")
      standing = { ...standing, status: "resolved", resolvedAt: createdAt, resolvedBy: actorId, closedAt: null };
    else if (type === "closed") standing = { ...standing, status: "closed", closedAt: createdAt };
    else if (isReopened)
      standing = { status: to, resolvedAt: null, resolvedBy: null, closedAt: null, reopenedCount: reopenedCount + 1 };
    else if (type === "status" || type === "customer_replied") standing = { ...standing, status: to };
    else if (type === "merged") {
      before = { status, closedAt: standing.closedAt };
      mergedInto = data["into"] as number;
      standing = { ...standing, status: "closed", closedAt: createdAt };
    } else if (type === "unmerged") {
      mergedInto = null;
      standing = { ...standing, ...before };
    } else if (type === "priority") said.priority = to;
    else if (type === "assignee") said.assigneeId = to;
    else if (type === "team") said.teamId = to;
  }
  const isTold = said.assigneeId === undefined ? {} : { isAssignedSince: said.assigneeId !== null };
  return { standing, mergedInto, ...said, ...isTold };
}

/**
 * What was said where a ticket could hear it: in the thread that its conversation was read in at that time, and in those of the
 * tickets that went on in it then. Instants of the words are when they reached us.
 */
export function saidTo<Words extends { conversationId: string; at: number }>(
  book: TicketBook,
  ticket: Ticket,
  words: readonly Words[],
): Words[] {
  const byNumber = new Map(book.rows.map((row) => [row.number, row]));
  const wentOnIn = (one: Ticket, at: number): Ticket | null => {
    const last = (book.events.get(one.id) ?? []).findLast(
      ({ type, createdAt }) => (type === "merged" || type === "unmerged") && createdAt.getTime() < at,
    );
    return last?.type === "merged" ? (byNumber.get(last.data["into"] as number) ?? null) : null;
  };
  const reaches = (from: Ticket | null, at: number): boolean =>
    from !== null && (from.id === ticket.id || reaches(wentOnIn(from, at), at));
  const threadAt = (conversationId: string, at: number): string => {
    const last = book.merges.findLast((one) => one.conversationId === conversationId && one.at < at);
    return last?.into ? threadAt(last.into, at) : conversationId;
  };
  const hears = ({ conversationId }: Ticket, where: string, at: number) =>
    conversationId !== null && threadAt(conversationId, at) === threadAt(where, at);
  return words.filter(
    ({ conversationId, at }) =>
      at > ticket.createdAt.getTime() &&
      book.rows.some((row) => hears(row, conversationId, at) && row.createdAt.getTime() < at && reaches(row, at)),
  );
}

/** What the queue's views hold, counted one ticket after the other; `now` is the database's own. */
export function recountViews({ rows, watching }: TicketBook, me: string, now: number): TicketCounts {
  const open = rows.filter(({ status }) => openTicketStatuses.some((one) => one === status));
  const watched = new Set(watching.filter(({ userId }) => userId === me).map(({ ticketId }) => ticketId));
  const count = (holds: (ticket: Ticket) => boolean) => open.filter(holds).length;
  return {
    mine: count(({ assigneeId }) => assigneeId === me),
    unassigned: count(({ assigneeId }) => assigneeId === null),
    urgent: count(({ priority }) => priority === "urgent"),
    breaching: count((ticket) =>
      [ticket.firstResponseDueAt, ticket.nextResponseDueAt, ticket.resolutionDueAt].some(
        (due) => due !== null && due.getTime() < now + 3_600_000,
      ),
    ),
    waiting: rows.filter(({ status }) => status === "waiting_customer").length,
    watched: count(({ id }) => watched.has(id)),
    open: open.length,
    all: rows.length,
  };
}
