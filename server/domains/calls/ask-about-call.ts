import { eq } from "drizzle-orm";
import { callLogs } from "#db/schema/calls.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { askQueue } from "./queues.ts";
import type { CallRef } from "./schemas.ts";

/**
 * Asks the provider what became of a call now instead of at the next look. `conflict` where nothing of it
 * is missing.
 */
export async function askAboutCall(ctx: Ctx, { callId }: CallRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const [call] = await tx
      .select({ due: callLogs.reconcileAt })
      .from(callLogs)
      .where(eq(callLogs.id, callId))
      .for("update");
    if (!call) throw notFound();
    if (!call.due) throw new DomainError("conflict", "nothing_missing");
    await tx.update(callLogs).set({ reconcileAt: ctx.clock.now() }).where(eq(callLogs.id, callId));
    await enqueue(inner, askQueue, { tenantId: ctx.tenantId, callId });
    await recordAudit(inner, { action: "call.ask", entityType: "call", entityId: callId });
  });
}
