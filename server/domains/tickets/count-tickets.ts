import { countCap } from "#db/count-up-to.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forgetViewCounts } from "./count-views.ts";
import { keptBriefly } from "#server/core/kept-briefly.ts";
import type { TicketView } from "./schemas.ts";
import { conditionOf } from "./ticket-views.ts";

export type TicketCounts = Record<TicketView, number>;
const kept = keptBriefly<TicketCounts>({ forMs: 5_000, most: 2_000 });

/**
 * How many tickets each built-in view holds, up to 1,000 and one; kept five seconds per member, and
 * counted anew as soon as this process changes a ticket of the tenant.
 */
export function countTickets(ctx: Ctx, tx: TenantTx): Promise<TicketCounts> {
  return kept.get(ctx.tenantId, memberId(ctx) ?? "", ctx.clock, () => count(ctx, tx));
}

export function forgetTicketCounts(tenantId: string): void {
  kept.forget(tenantId);
  forgetViewCounts(tenantId);
}

/** In the order of the view's index: it is read from there, and reading stops at the cap. */
const counted = (view: TicketView) =>
  `(select count(*)::int from (
     select 1 from tickets t where t.tenant_id = $1 and ${conditionOf(view, "$2")}
     order by ${view === "breaching" ? "t.sla_sort_at desc" : "t.updated_at desc"}, t.id desc limit ${countCap + 1}) x) as "${view}"`;
const views: TicketView[] = ["mine", "unassigned", "urgent", "breaching", "waiting", "watched", "open", "all"];
const statement = `select ${views.map(counted).join(",\n")}`;

async function count(ctx: Ctx, tx: TenantTx): Promise<TicketCounts> {
  const [row] = await tx.raw.unsafe<TicketCounts[]>(statement, [ctx.tenantId, memberId(ctx)], { prepare: true });
  if (!row) throw new Error("counting answered nothing");
  return { ...row };
}
