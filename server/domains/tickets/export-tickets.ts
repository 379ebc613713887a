import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { ExportTicketsInput } from "./schemas.ts";
import { exportTicketsInput } from "./schemas.ts";
import { filterSql } from "./ticket-filter.ts";
import type { TicketRow } from "./ticket-rows.ts";
import { beyondSql, cursorAt, rowsSql } from "./ticket-rows.ts";

export interface ExportedTickets {
  rows: TicketRow[];
  /** Where the next page begins; null after the last. */
  next: string | null;
}

/** Tickets of one page: memory stays flat however long the export is. */
export const ticketsPerExport = 1_000;

/** What the queue shows under the same filter and order, page by page. */
export async function exportTickets(ctx: Ctx, input: ExportTicketsInput): Promise<ExportedTickets> {
  const { after, sort, direction, ...filter } = exportTicketsInput.parse(input);
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const order = { sort, down: direction === "desc" };
  const { view, narrowing } = filterSql(filter, memberId(ctx), put);
  const beyond = after === undefined ? [] : [beyondSql(after, order, put)];
  const where = ["t.tenant_id = $1", view, ...narrowing, ...beyond].join(" and ");
  return withTenant(ctx, async (tx) => {
    const statement = rowsSql({ where, ...order, limit: ticketsPerExport });
    const rows = await tx.raw.unsafe<TicketRow[]>(statement, params as never[], { prepare: true });
    const last = rows.length === ticketsPerExport ? rows.at(-1) : undefined;
    return { rows: [...rows], next: last ? cursorAt(last, sort) : null };
  });
}
