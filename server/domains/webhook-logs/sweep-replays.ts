import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { replayQueue } from "./queues.ts";

/** Longer than a step takes on a busy machine. A second worker on one replay does no harm: a step is locked. */
const deadAfterMs = 60_000;
const most = 100;

/** Gives running replays that stopped stepping a job again. */
export async function sweepReplays(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - deadAfterMs);
  const due = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('webhook_replays', ${most}, ${olderThan})`;
  for (const { tenant_id: tenantId, id: replayId } of due) {
    await enqueue(contextOf(tenantId), replayQueue, { tenantId, replayId });
  }
}
