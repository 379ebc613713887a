import { publish } from "#db/live.ts";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { countReplay } from "./count-replay.ts";
import { replayQueue } from "./queues.ts";
import type { LogFilter } from "./schemas.ts";

/**
 * Begins to put every matching event to work again. One replay of a tenant at a time; what arrives from
 * now on is no part of it. Refuses with `nothing_to_replay` or `replay_running`.
 */
export async function startReplay(ctx: Ctx, filter: LogFilter): Promise<{ replayId: string; total: number }> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { total, again, lastId } = await countReplay(inner, filter);
    if (again === 0 || !lastId) throw new DomainError("conflict", "nothing_to_replay");
    const now = ctx.clock.now();
    const [made] = await tx
      .insert(webhookReplays)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        filter,
        total,
        lastId,
        requestedBy: memberId(ctx),
        startedAt: now,
        steppedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: webhookReplays.id });
    if (!made) throw new DomainError("conflict", "replay_running");
    await enqueue(inner, replayQueue, { tenantId: ctx.tenantId, replayId: made.id, steppedAt: now.toISOString() });
    await recordAudit(inner, {
      action: "webhook_log.replay_many",
      entityType: "webhook_replay",
      entityId: made.id,
      data: { total, again, filter },
    });
    tx.afterCommit(() => publish(ctx.tenantId, "webhook_logs", [made.id]));
    return { replayId: made.id, total };
  });
}
