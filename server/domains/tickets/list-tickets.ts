import { countCap } from "#db/count-up-to.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { TicketCounts } from "./count-tickets.ts";
import { countTickets } from "./count-tickets.ts";
import type { QueueFrame } from "./queue-frame.ts";
import { queueFrame } from "./queue-frame.ts";
import type { ListTicketsInput } from "./schemas.ts";
import { listTicketsInput } from "./schemas.ts";
import { filterSql } from "./ticket-filter.ts";
import type { TicketRow } from "./ticket-rows.ts";
import { beyondSql, cursorAt, rowsSql } from "./ticket-rows.ts";

export type { TicketRow } from "./ticket-rows.ts";
export const ticketsPerPage = 50;

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
  const params = [...filter.params];
  const order = { sort: wanted.sort, down: (wanted.direction === "desc") !== (wanted.before !== undefined) };
  const cursor = wanted.before ?? wanted.after;
  const beyond = cursor === undefined ? "" : ` and ${beyondSql(cursor, order, (value) => `$${params.push(value)}`)}`;
  return { sql: rowsSql({ where: filter.sql + beyond, ...order, limit: ticketsPerPage + 1 }), params };
}

function cut(found: TicketRow[], wanted: Wanted): Pick<TicketPage, "rows" | "next" | "previous"> {
  const backwards = wanted.before !== undefined;
  const rows = found.slice(0, ticketsPerPage);
  const more = found.length > ticketsPerPage;
  if (backwards) rows.reverse();
  const cursor = (row: TicketRow | undefined) => (row ? cursorAt(row, wanted.sort) : null);
  return {
    rows,
    next: more || backwards ? cursor(rows.at(-1)) : null,
    previous: (backwards ? more : wanted.after !== undefined) ? cursor(rows[0]) : null,
  };
}
