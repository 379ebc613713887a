import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { AuditEntry } from "#server/domains/audit/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";

/** The audit row of a change of what can be booked and when; after the commit calendars look again. */
export async function schedulingChanged(ctx: Ctx, entry: AuditEntry): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await recordAudit({ ...ctx, tx }, entry);
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", "*"));
  });
}
