import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { ReplayRef } from "./schemas.ts";

/** Stops a replay after the step that is under way. What was replayed stays; one that is over stays over. */
export async function cancelReplay(ctx: Ctx, { replayId }: ReplayRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [replay] = await tx.select().from(webhookReplays).where(eq(webhookReplays.id, replayId)).for("update");
    if (!replay) throw notFound();
    if (replay.status !== "running") return;
    await tx
      .update(webhookReplays)
      .set({ status: "cancelled", finishedAt: ctx.clock.now() })
      .where(and(eq(webhookReplays.id, replayId), eq(webhookReplays.status, "running")));
    await recordAudit(
      { ...ctx, tx },
      {
        action: "webhook_log.replay_cancel",
        entityType: "webhook_replay",
        entityId: replayId,
        data: { total: replay.total, replayed: replay.replayed },
      },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "webhook_logs", [replayId]));
  });
}
