import { eq } from "drizzle-orm";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { LogRetentionInput } from "./schemas.ts";

/** Sets how long a tenant keeps its log. What is older than a shorter term goes with the next round of removals. */
export async function saveLogRetention(scope: Ctx, { days }: LogRetentionInput): Promise<void> {
  await withTenant(scope, async (tx) => {
    const own = eq(tenants.id, scope.tenantId);
    const [before] = await tx.select({ days: tenants.logRetentionDays }).from(tenants).where(own).for("update");
    if (!before) throw notFound();
    if (before.days === days) return;
    await tx.update(tenants).set({ logRetentionDays: days, updatedAt: scope.clock.now() }).where(own);
    const data = { from: before.days, to: days };
    await recordAudit(
      { ...scope, tx },
      { action: "log_retention.save", entityType: "tenant", entityId: scope.tenantId, data },
    );
  });
}
