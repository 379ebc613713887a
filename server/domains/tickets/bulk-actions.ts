import type { BulkNames } from "./bulk-names.ts";
import type { BulkChange } from "./schemas.ts";
import type { Alteration, Ticket } from "./ticket-changes.ts";
import { categorize, handTo, handToTeam, moveTo, setFields, together } from "./ticket-changes.ts";

interface By {
  at: Date;
  /** The member's id. */
  by: string | null;
  names: BulkNames;
}

interface BulkAction<T> {
  /** The column that tells what became of a ticket, and the kind of line that its timeline gets. */
  field: keyof Ticket & string;
  event: string;
  alter(ticket: Ticket, value: T, by: By): Alteration | null;
  /** What a value points to: a ticket is not given back to what has gone meanwhile. */
  pointsTo?: (names: BulkNames) => ReadonlyMap<string, string>;
  /** What the timeline says where that is more than the two values. */
  line?: (from: unknown, to: unknown, names: BulkNames) => Record<string, unknown>;
}

/** What can be done to many tickets at once. A new action is a field of `bulkChange`, a line here, and a choice in the queue's bar. */
export const bulkActions: { [A in keyof BulkChange]-?: BulkAction<Exclude<BulkChange[A], undefined>> } = {
  priority: { field: "priority", event: "priority", alter: (ticket, priority) => setFields(ticket, { priority }) },
  status: { field: "status", event: "status", alter: (ticket, status, { at, by }) => moveTo(ticket, status, at, by) },
  teamId: {
    field: "teamId",
    event: "team",
    pointsTo: ({ teams }) => teams,
    alter: (ticket, teamId, { names: { teams } }) =>
      handToTeam(ticket, teamId === null ? null : { id: teamId, name: teams.get(teamId) ?? "" }),
    line: (from, to, { teams }) => ({ from, to, toName: nameIn(teams, to) }),
  },
  // After the team: whoever is named has it, whatever the team's rule.
  assigneeId: {
    field: "assigneeId",
    event: "assignee",
    alter: (ticket, assigneeId, { at }) => handTo(ticket, assigneeId, at),
  },
  categoryId: {
    field: "categoryId",
    event: "category",
    pointsTo: ({ categories }) => categories,
    alter: (ticket, categoryId, { names: { categories } }) => categorize(ticket, categoryId, categories),
    line: (from, to, { categories }) => ({ from: nameIn(categories, from), to: nameIn(categories, to) }),
  },
};

const nameIn = (names: ReadonlyMap<string, string>, id: unknown) =>
  typeof id === "string" ? (names.get(id) ?? null) : null;

/** Whether what an action would write is still there to be pointed to. */
export function isThere({ pointsTo }: Pick<BulkAction<never>, "pointsTo">, value: unknown, names: BulkNames): boolean {
  return !pointsTo || typeof value !== "string" || pointsTo(names).has(value);
}

/** What a bulk change does to one ticket; null when that is how it is, or when it goes on in another one. */
export function bulkAlteration(ticket: Ticket, change: BulkChange, by: By): Alteration | null {
  if (ticket.mergedIntoId) return null;
  const alterations = Object.entries(bulkActions).map(([name, action]) => {
    const value = change[name as keyof BulkChange];
    if (value === undefined || !isThere(action, value, by.names)) return null;
    return (action as BulkAction<unknown>).alter(ticket, value, by);
  });
  return together(...alterations);
}
