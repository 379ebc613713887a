import type { BulkChange } from "./schemas.ts";
import type { Alteration, Ticket } from "./ticket-changes.ts";
import { handTo, moveTo, setFields, together } from "./ticket-changes.ts";

interface By {
  at: Date;
  /** The member's id. */
  by: string | null;
}

interface BulkAction<T> {
  /** The column that tells what became of a ticket, and the kind of line that its timeline gets. */
  field: keyof Ticket & string;
  event: string;
  alter(ticket: Ticket, value: T, by: By): Alteration | null;
}

/** What can be done to many tickets at once. A new action is a field of `bulkChange`, a line here, and a choice in the queue's bar. */
export const bulkActions: { [A in keyof BulkChange]-?: BulkAction<Exclude<BulkChange[A], undefined>> } = {
  priority: { field: "priority", event: "priority", alter: (ticket, priority) => setFields(ticket, { priority }) },
  status: { field: "status", event: "status", alter: (ticket, status, { at, by }) => moveTo(ticket, status, at, by) },
  assigneeId: {
    field: "assigneeId",
    event: "assignee",
    alter: (ticket, assigneeId, { at }) => handTo(ticket, assigneeId, at),
  },
};

/** What a bulk change does to one ticket; null when that is how it is, or when it goes on in another one. */
export function bulkAlteration(ticket: Ticket, change: BulkChange, by: By): Alteration | null {
  if (ticket.mergedIntoId) return null;
  const alterations = Object.entries(change).map(([name, value]) => {
    const action = bulkActions[name as keyof BulkChange] as BulkAction<unknown>;
    return value === undefined ? null : action.alter(ticket, value, by);
  });
  return together(...alterations);
}
