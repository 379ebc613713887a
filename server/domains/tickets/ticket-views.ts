import { openTicketStatuses } from "#db/schema/tickets.ts";
import type { TicketSort, TicketView } from "./schemas.ts";

/** Word for word what the partial indexes say: that is how the planner knows them. */
const isOpen = `t.status in (${openTicketStatuses.map((status) => `'${status}'`).join(", ")})`;

/** What a view holds, as SQL over tickets `t`; `me` is the placeholder of the member's id. `doneToo`: not only what is open. */
export function conditionOf(view: TicketView, me: string, { doneToo = false } = {}): string {
  const open = doneToo ? "true" : isOpen;
  const conditions: Record<TicketView, string> = {
    mine: `${open} and t.assignee_id = ${me}::uuid`,
    unassigned: `${open} and t.assignee_id is null`,
    urgent: `${open} and t.priority_rank = 3::smallint`,
    // Missed already, or within the hour.
    breaching: `${open} and t.sla_sort_at < now() + interval '1 hour'`,
    waiting: `t.status = 'waiting_customer'`,
    // What one watches is looked up first: it is little, however many tickets are open.
    watched: `${open} and t.id = any(array(select ticket_id from ticket_watchers where tenant_id = $1 and user_id = ${me}::uuid))`,
    open,
    all: "true",
  };
  return conditions[view];
}

/** Views that are each member's own. */
export const ofMember: ReadonlySet<TicketView> = new Set(["mine", "watched"]);

interface Sorting {
  column: string;
  /** Turns a cursor's value into the column's. */
  read: (value: string) => string | number;
  type: string;
}

/** The closed list of sortable columns; each has its index. */
export const sortings: Record<TicketSort, Sorting> = {
  updated: { column: "updated_at", read: readInstant, type: "timestamptz" },
  created: { column: "created_at", read: readInstant, type: "timestamptz" },
  number: { column: "number", read: Number, type: "bigint" },
  priority: { column: "priority_rank", read: Number, type: "smallint" },
  deadline: { column: "sla_sort_at", read: readInstant, type: "timestamptz" },
};

function readInstant(value: string): string {
  return new Date(Number(value)).toISOString();
}
