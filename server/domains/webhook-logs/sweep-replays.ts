import { and, eq, lt } from "drizzle-orm";
import { webhookReplays } from "#db/schema/webhooks.ts";
import { findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { replayQueue } from "./queues.ts";
import type { ReplayRef } from "./schemas.ts";

/** Longer than a step and the rest after it take on a busy machine. */
export const replayDeadAfterMs = 15_000;
const most = 100;

/** Gives running replays that stopped stepping a job again. Whoever comes back late finds that it goes on without them. */
export async function sweepReplays(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - replayDeadAfterMs);
  const due = await findDue("webhook_replays", most, olderThan);
  await inTurn(due, ({ tenantId, id: replayId }) =>
    takeOver(contextOf(tenantId), { replayId }, olderThan, clock.now()),
  );
}

/** The time of the last step is the baton: written anew, nobody else's is good any more. */
async function takeOver(ctx: Ctx, { replayId }: ReplayRef, olderThan: Date, now: Date): Promise<void> {
  const { id, status, steppedAt } = webhookReplays;
  await withTenant(ctx, async (tx) => {
    const [taken] = await tx
      .update(webhookReplays)
      .set({ steppedAt: now })
      .where(and(eq(id, replayId), eq(status, "running"), lt(steppedAt, olderThan)))
      .returning({ id });
    if (taken) {
      const job = { tenantId: ctx.tenantId, replayId, steppedAt: now.toISOString() };
      await enqueue({ ...ctx, tx }, replayQueue, job);
    }
  });
}
