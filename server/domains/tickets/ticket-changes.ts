import type { openTicketStatuses, ticketStatuses, tickets } from "#db/schema/tickets.ts";

export type Ticket = typeof tickets.$inferSelect;
export type TicketStatus = (typeof ticketStatuses)[number];

/** What a verb does to one ticket: columns to set and the lines that its timeline gets. */
export interface Alteration {
  set: Partial<typeof tickets.$inferInsert>;
  events: { type: string; data: Record<string, unknown> }[];
}

export const isDone = (status: TicketStatus): status is Exclude<TicketStatus, (typeof openTicketStatuses)[number]> =>
  status === "resolved" || status === "closed";

/**
 * Moves a ticket to a status with all that hangs on it: resolving and closing stamp their times,
 * leaving them again counts as a reopening and clears the stamps. Null when nothing changes.
 */
export function moveTo(
  ticket: Ticket,
  status: TicketStatus,
  at: Date,
  by: string | null,
  notes?: string,
): Alteration | null {
  if (ticket.status === status && notes === undefined) return null;
  if (status === "resolved") {
    return {
      set: {
        status,
        resolvedAt: at,
        resolvedBy: by,
        closedAt: null,
        ...(notes === undefined ? {} : { resolutionNotes: notes || null }),
      },
      events: [{ type: "resolved", data: { from: ticket.status, ...(notes ? { notes } : {}) } }],
    };
  }
  if (status === "closed")
    return { set: { status, closedAt: at }, events: [{ type: "closed", data: { from: ticket.status } }] };
  if (isDone(ticket.status)) {
    return {
      set: { status, resolvedAt: null, resolvedBy: null, closedAt: null, reopenedCount: ticket.reopenedCount + 1 },
      events: [{ type: "reopened", data: { from: ticket.status, to: status } }],
    };
  }
  return { set: { status }, events: [{ type: "status", data: { from: ticket.status, to: status } }] };
}

const plain = ["subject", "description", "category", "priority", "dueAt"] as const;

/** Sets fields that carry nothing with them; those that stay as they are leave no line. */
export function setFields(ticket: Ticket, wanted: Partial<Pick<Ticket, (typeof plain)[number]>>): Alteration | null {
  const done: Alteration = { set: {}, events: [] };
  for (const field of plain) {
    const to = wanted[field];
    if (to === undefined || same(ticket[field], to)) continue;
    Object.assign(done.set, { [field]: to });
    // A description can be long: the timeline says that it changed, the audit has no need of the text either.
    done.events.push({
      type: field === "dueAt" ? "due" : field,
      data: field === "description" ? {} : { from: ticket[field], to },
    });
  }
  return done.events.length ? done : null;
}

function same(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}

/** Gives a ticket to a member or, with null, back to everybody. */
export function handTo(ticket: Ticket, assigneeId: string | null, at: Date): Alteration | null {
  if (ticket.assigneeId === assigneeId) return null;
  return {
    set: { assigneeId, assignedAt: assigneeId ? at : null },
    events: [{ type: "assignee", data: { from: ticket.assigneeId, to: assigneeId } }],
  };
}

/** Several alterations as one. */
export function together(...parts: (Alteration | null)[]): Alteration | null {
  const real = parts.filter((part) => part !== null);
  if (real.length === 0) return null;
  return { set: Object.assign({}, ...real.map((part) => part.set)), events: real.flatMap((part) => part.events) };
}
