import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { AuditEntry } from "#server/domains/audit/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { recountQueue } from "./queues.ts";

/** What is promised changed: who did it, and open tickets are reckoned anew, step by step. */
export async function slaChanged(ctx: Ctx, entry: AuditEntry): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await recordAudit({ ...ctx, tx }, entry);
    await enqueue({ ...ctx, tx }, recountQueue, { tenantId: ctx.tenantId });
    tx.afterCommit(() => publish(ctx.tenantId, "deadlines", []));
  });
}
