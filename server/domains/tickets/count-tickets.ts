import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { TicketView } from "./schemas.ts";
import { conditionOf } from "./ticket-views.ts";

/** Counting stops here: more is shown as "1 000+". */
export const countCap = 1000;
const keptMs = 5_000;
const mostMembers = 2_000;

export type TicketCounts = Record<TicketView, number>;
const kept = new Map<string, Map<string, { until: number; counts: Promise<TicketCounts> }>>();

/**
 * How many tickets each built-in view holds, up to 1,000 and one; kept five seconds per member, and
 * counted anew as soon as this process changes a ticket of the tenant.
 */
export function countTickets(ctx: Ctx, tx: TenantTx): Promise<TicketCounts> {
  const member = memberId(ctx) ?? "";
  const ofTenant = kept.get(ctx.tenantId) ?? new Map();
  const now = ctx.clock.now().getTime();
  const known = ofTenant.get(member);
  if (known && known.until > now && known.until <= now + keptMs) return known.counts;
  const counts = count(ctx, tx);
  if (kept.size >= mostMembers) kept.clear();
  kept.set(ctx.tenantId, ofTenant.set(member, { until: now + keptMs, counts }));
  counts.catch(() => forgetTicketCounts(ctx.tenantId));
  return counts;
}

export function forgetTicketCounts(tenantId: string): void {
  kept.delete(tenantId);
}

/** In the order of the view's index: it is read from there, and reading stops at the cap. */
const counted = (view: TicketView) =>
  `(select count(*)::int from (
     select 1 from tickets t where t.tenant_id = $1 and ${conditionOf(view, "$2")}
     order by t.updated_at desc, t.id desc limit ${countCap + 1}) x) as "${view}"`;
const views: TicketView[] = ["mine", "unassigned", "urgent", "waiting", "open", "all"];
const statement = `select ${views.map(counted).join(",\n")}`;

async function count(ctx: Ctx, tx: TenantTx): Promise<TicketCounts> {
  const [row] = await tx.raw.unsafe<TicketCounts[]>(statement, [ctx.tenantId, memberId(ctx)], { prepare: true });
  if (!row) throw new Error("counting answered nothing");
  return { ...row };
}
