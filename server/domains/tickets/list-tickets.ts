import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { channelTypes } from "#db/schema/channels.ts";
import type { SlaTarget, ticketPriorities } from "#db/schema/tickets.ts";
import { cursorOf, placeOf } from "#db/keyset.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import type { TicketCounts } from "./count-tickets.ts";
import { countTickets } from "./count-tickets.ts";
import { countCap } from "./count-cap.ts";
import type { QueueFrame } from "./queue-frame.ts";
import { queueFrame } from "./queue-frame.ts";
import type { ListTicketsInput, TicketSort } from "./schemas.ts";
import { listTicketsInput } from "./schemas.ts";
import type { TicketStatus } from "./ticket-changes.ts";
import { filterSql } from "./ticket-filter.ts";
import { sortings } from "./ticket-views.ts";

export const ticketsPerPage = 50;

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

export interface TicketPage {
  rows: TicketRow[];
  /** Cursors of the neighbouring pages, where there are any. */
  next: string | null;
  previous: string | null;
  /** Of the built-in views; 1,001 means more than a thousand. */
  counts: TicketCounts;
  /** Of everything that matches view and filters, capped alike. */
  total: number;
  frame: QueueFrame;
}

/**
 * A page of a view: 50 tickets from a place in a sorted list, in either direction, with the counts of
 * every view, built-in and saved, in one round trip.
 */
export async function listTickets(ctx: Ctx, input: ListTicketsInput): Promise<TicketPage> {
  const wanted = listTicketsInput.parse(input);
  const filter = filterOf(ctx, wanted);
  const page = pageOf(filter, wanted);
  return withTenant(ctx, async (tx) => {
    const [found, counts, total, frame] = await Promise.all([
      tx.raw.unsafe<TicketRow[]>(page.sql, page.params as never[], { prepare: true }),
      countTickets(ctx, tx),
      filter.narrowed
        ? tx.raw.unsafe<{ total: number }[]>(
            `select count(*)::int as total from (select 1 from tickets t where ${filter.sql} limit ${countCap + 1}) x`,
            filter.params as never[],
            { prepare: true },
          )
        : null,
      queueFrame(ctx, tx),
    ]);
    return { ...cut(found, wanted), counts, frame, total: total ? (total[0]?.total ?? 0) : counts[wanted.view] };
  });
}

type Wanted = ReturnType<typeof listTicketsInput.parse>;
interface Filter {
  sql: string;
  params: unknown[];
  /** Whether anything but the view is asked for. */
  narrowed: boolean;
}

function filterOf(ctx: Ctx, wanted: Wanted): Filter {
  const params: unknown[] = [ctx.tenantId];
  const { view, narrowing } = filterSql(wanted, memberId(ctx), (value) => `$${params.push(value)}`);
  return { sql: ["t.tenant_id = $1", view, ...narrowing].join(" and "), params, narrowed: narrowing.length > 0 };
}

/** Rows past the page are looked at by one: it says whether another page follows. */
function pageOf(filter: Filter, wanted: Wanted): { sql: string; params: unknown[] } {
  const { column, type } = sortings[wanted.sort];
  const params = [...filter.params];
  const down = (wanted.direction === "desc") !== (wanted.before !== undefined);
  const order = (table: string) => `${table}.${column} ${down ? "desc" : "asc"}, ${table}.id ${down ? "desc" : "asc"}`;
  const cursor = wanted.before ?? wanted.after;
  const from =
    cursor === undefined
      ? ""
      : `and (t.${column}, t.id) ${down ? "<" : ">"} (${placeIn(cursor, wanted.sort, params, type)})`;
  return {
    sql: `select t.id, t.number::int as number, t.subject, t.preview, t.status, t.priority, t.channel_type as "channelType",
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
        from tickets t where ${filter.sql} ${from} order by ${order("t")} limit ${ticketsPerPage + 1}
      ) t
      order by ${order("t")}`,
    params,
  };
}

function placeIn(cursor: string, sort: TicketSort, params: unknown[], type: string): string {
  const place = placeOf(cursor);
  const value = place && sortings[sort].read(place.value);
  if (!place || value === null) throw invalid({ cursor: "invalid" });
  return `$${params.push(value)}::${type}, $${params.push(place.id)}::uuid`;
}

function cut(found: TicketRow[], wanted: Wanted): Pick<TicketPage, "rows" | "next" | "previous"> {
  const backwards = wanted.before !== undefined;
  const rows = found.slice(0, ticketsPerPage);
  const more = found.length > ticketsPerPage;
  if (backwards) rows.reverse();
  const cursor = (row: TicketRow | undefined) => (row ? cursorOf(sortedBy(row, wanted.sort), row.id) : null);
  return {
    rows,
    next: more || backwards ? cursor(rows.at(-1)) : null,
    previous: (backwards ? more : wanted.after !== undefined) ? cursor(rows[0]) : null,
  };
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
