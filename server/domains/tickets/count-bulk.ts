import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { BulkTarget, CountBulkInput } from "./schemas.ts";
import { countBulkInput } from "./schemas.ts";
import { filterSqlRowByRow } from "./ticket-filter.ts";

/** How many tickets a bulk change would reach, all of them counted. */
export async function countBulk(ctx: Ctx, input: CountBulkInput): Promise<{ total: number }> {
  const { target } = countBulkInput.parse(input);
  return withTenant(ctx, async (tx) => ({ total: (await extentOf(ctx, tx, target)).total }));
}

export interface Extent {
  total: number;
  /** The last ticket of the tenant, in the order of ids: those opened later are no part of it. */
  lastId: string | null;
}

/** Counts what is meant. Tickets that were ticked are all there, or it is `not_found`. */
export async function extentOf(ctx: Ctx, tx: TenantTx, target: BulkTarget): Promise<Extent> {
  const params: unknown[] = [ctx.tenantId];
  const condition = targetSql(target, memberId(ctx), (value) => `$${params.push(value)}`);
  const [extent] = await tx.raw.unsafe<Extent[]>(
    `select (select count(*)::int from tickets t where t.tenant_id = $1 and ${condition}) as total,
            (select id from tickets where tenant_id = $1 order by id desc limit 1) as "lastId"`,
    params as never[],
    { prepare: true },
  );
  if (!extent) throw new Error("counting answered nothing");
  if ("ids" in target && extent.total !== new Set(target.ids).size) throw notFound();
  return extent;
}

/** What a bulk change reaches, as SQL over tickets `t` that are walked through by their ids. */
export function targetSql(target: BulkTarget, me: string | null, put: (value: unknown) => string): string {
  if ("ids" in target) return `t.id = any(${put(target.ids)}::uuid[])`;
  const { view, narrowing } = filterSqlRowByRow(target, me, put);
  return [view, ...narrowing].join(" and ");
}
