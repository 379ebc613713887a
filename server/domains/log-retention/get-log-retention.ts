import { eq } from "drizzle-orm";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { keptFrom, leastDays, mostDays, postDays } from "./terms.ts";

export interface LogRetention {
  /** How long events stay in the log. */
  days: number;
  /** How long the posts that brought them do, at most. */
  postDays: number;
  /** The beginning of the first day that is kept. */
  from: Date;
  leastDays: number;
  mostDays: number;
}

/** How long a tenant keeps its log. */
export async function getLogRetention(ctx: Ctx): Promise<LogRetention> {
  const [tenant] = await withTenant(ctx, (tx) =>
    tx.select({ days: tenants.logRetentionDays }).from(tenants).where(eq(tenants.id, ctx.tenantId)),
  );
  if (!tenant) throw notFound();
  const { days } = tenant;
  return { days, postDays: Math.min(postDays, days), from: keptFrom(ctx.clock.now(), days), leastDays, mostDays };
}
