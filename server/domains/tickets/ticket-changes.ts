import type { openTicketStatuses, ticketStatuses, tickets } from "#db/schema/tickets.ts";
import { DomainError } from "#server/core/errors.ts";
import type { ReadFieldValues, TicketField } from "#server/domains/ticket-forms/index.ts";
import { withFieldValues } from "#server/domains/ticket-forms/index.ts";

export type Ticket = typeof tickets.$inferSelect;
export type TicketStatus = (typeof ticketStatuses)[number];

/** What a verb does to one ticket: columns to set and the lines that its timeline gets. */
export interface Alteration {
  set: Partial<typeof tickets.$inferInsert>;
  events: { id?: string; type: string; data: Record<string, unknown> }[];
}

/** Names of categories, archived ones too: what the timeline says of them. */
export type CategoryNames = ReadonlyMap<string, string>;

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
  // What was merged stays closed until the merge is undone.
  if (ticket.mergedIntoId || (ticket.status === status && notes === undefined)) return null;
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

/** A ticket that goes on in another is changed there. */
export function refuseMerged(ticket: Ticket): void {
  if (ticket.mergedIntoId) throw new DomainError("conflict", "ticket_merged");
}

const plain = ["subject", "description", "priority", "dueAt"] as const;

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

/** Puts a ticket under another category, or under none; the timeline keeps the names as they are now. */
export function categorize(ticket: Ticket, categoryId: string | null, names: CategoryNames): Alteration | null {
  if (ticket.categoryId === categoryId) return null;
  const nameOf = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
  return {
    set: { categoryId },
    events: [{ type: "category", data: { from: nameOf(ticket.categoryId), to: nameOf(categoryId) } }],
  };
}

/** Sets values of the business's own fields; each that changes is a line with before and after. */
export function setFieldValues(
  ticket: Ticket,
  read: ReadFieldValues,
  fields: readonly Pick<TicketField, "id" | "name" | "type">[],
): Alteration | null {
  const changed = fields.filter(({ id }) => read[id] !== undefined && (ticket.fields[id] ?? null) !== read[id]);
  if (changed.length === 0) return null;
  return {
    set: { fields: withFieldValues(ticket.fields, read) },
    events: changed.map(({ id, name, type }) => ({
      type: "field",
      data: { fieldId: id, field: name, kind: type, from: ticket.fields[id] ?? null, to: read[id] },
    })),
  };
}

function same(a: unknown, b: unknown): boolean {
  return a instanceof Date && b instanceof Date ? a.getTime() === b.getTime() : a === b;
}

/** Gives a ticket to a member or, with null, back to everybody. */
export function handTo(ticket: Ticket, assigneeId: string | null, at: Date): Alteration | null {
  if (ticket.assigneeId === assigneeId) return null;
  return {
    set: { assigneeId, assignedAt: assigneeId ? at : null, seekingSince: null },
    events: [{ type: "assignee", data: { from: ticket.assigneeId, to: assigneeId } }],
  };
}

/** Gives a ticket to a team or, with null, to none. */
export function handToTeam(ticket: Ticket, team: { id: string; name: string } | null): Alteration | null {
  if (ticket.teamId === (team?.id ?? null)) return null;
  return {
    set: { teamId: team?.id ?? null, seekingSince: null },
    events: [{ type: "team", data: { from: ticket.teamId, to: team?.id ?? null, toName: team?.name ?? null } }],
  };
}

/** Several alterations as one. */
export function together(...parts: (Alteration | null)[]): Alteration | null {
  const real = parts.filter((part) => part !== null);
  if (real.length === 0) return null;
  return { set: Object.assign({}, ...real.map((part) => part.set)), events: real.flatMap((part) => part.events) };
}
