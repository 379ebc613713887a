import { eq } from "drizzle-orm";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** The country whose national notation the tenant's people write phone numbers in (ISO 3166). */
export async function countryOf(ctx: Ctx, tx: TenantTx): Promise<string> {
  const [tenant] = await tx.select({ country: tenants.country }).from(tenants).where(eq(tenants.id, ctx.tenantId));
  return tenant?.country ?? "FR";
}
