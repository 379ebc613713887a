import type { channelTypes } from "#db/schema/channels.ts";
import { cursorOf, placeOf } from "#db/keyset.ts";
import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { SlaTarget, ticketPriorities } from "#db/schema/tickets.ts";
import { invalid } from "#server/core/errors.ts";
import type { TicketSort } from "./schemas.ts";
import type { Put } from "./ticket-filter.ts";
import type { TicketStatus } from "./ticket-changes.ts";
import { sortings } from "./ticket-views.ts";

/** A line of the queue. */
export interface TicketRow {
  id: string;
  number: number;
  subject: string;
  /** The customer's latest words, else the beginning of the description. */
  preview: string;
  status: TicketStatus;
  priority: (typeof ticketPriorities)[number];
  channelType: (typeof channelTypes)[number] | null;
  /** A date set by hand. */
  dueAt: Date | null;
  /** The nearest promise that runs, and when it is due. */
  slaTarget: SlaTarget | null;
  slaDueAt: Date | null;
  /** What is promised rests until the customer answers. */
  slaPaused: boolean;
  resolvedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  customerId: string | null;
  customerName: string | null;
  assigneeId: string | null;
  assigneeName: string | null;
  teamName: string | null;
}

export interface RowsWanted {
  /** Over tickets `t`; `$1` is the tenant. */
  where: string;
  sort: TicketSort;
  /** Largest first. */
  down: boolean;
  limit: number;
}

/** A stretch of a sorted list, names looked up for the rows that are shown and no others. */
export function rowsSql({ where, sort, down, limit }: RowsWanted): string {
  const { column } = sortings[sort];
  const way = down ? "desc" : "asc";
  const order = (table: string) => `${table}.${column} ${way}, ${table}.id ${way}`;
  return `select t.id, t.number::int as number, t.subject, t.preview, t.status, t.priority, t.channel_type as "channelType",
        t.due_at as "dueAt", case t.sla_sort_at when t.first_response_due_at then 'first_response' when t.next_response_due_at then 'next_response'
          when t.resolution_due_at then 'resolution' end as "slaTarget",
        least(t.first_response_due_at, t.next_response_due_at, t.resolution_due_at) as "slaDueAt",
        t.status = 'waiting_customer' and t.sla_policy_id is not null as "slaPaused", t.resolved_at as "resolvedAt", t.created_at as "createdAt", t.updated_at as "updatedAt",
        t.customer_id as "customerId", ${customerNameOf("t.customer_id")} as "customerName",
        t.assignee_id as "assigneeId", ${memberNameOf("t.assignee_id")} as "assigneeName",
        (select name from teams where tenant_id = $1 and id = t.team_id) as "teamName"
      from (
        select id, number, subject, coalesce(preview, left(description, 160)) as preview, status, priority, priority_rank, channel_type,
          due_at, resolved_at, created_at, updated_at, customer_id, assignee_id, team_id,
          first_response_due_at, next_response_due_at, resolution_due_at, sla_sort_at, sla_policy_id
        from tickets t where ${where} order by ${order("t")} limit ${limit}
      ) t
      order by ${order("t")}`;
}

/** What lies beyond a cursor's place. One that is none of ours is refused. */
export function beyondSql(cursor: string, { sort, down }: Pick<RowsWanted, "sort" | "down">, put: Put): string {
  const { column, type, read } = sortings[sort];
  const place = placeOf(cursor);
  const value = place && read(place.value);
  if (!place || value === null) throw invalid({ cursor: "invalid" });
  return `(t.${column}, t.id) ${down ? "<" : ">"} (${put(value)}::${type}, ${put(place.id)}::uuid)`;
}

/** A row's place in the list. */
export function cursorAt(row: TicketRow, sort: TicketSort): string {
  return cursorOf(sortedBy(row, sort), row.id);
}

const ranks = { low: 0, medium: 1, high: 2, urgent: 3 } as const;

function sortedBy(row: TicketRow, sort: TicketSort): Date | number {
  if (sort === "priority") return ranks[row.priority];
  if (sort === "number") return row.number;
  if (sort === "deadline") return row.slaDueAt ?? noDeadline;
  return sort === "created" ? row.createdAt : row.updatedAt;
}

/** As the database sorts tickets of which nothing promised runs. */
const noDeadline = new Date("9999-12-31T00:00:00Z");
