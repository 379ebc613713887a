import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { sendQueue } from "./queues.ts";

/** Pending for longer than any wait between two tries. */
const stuckAfterMs = 20 * 60_000;
const most = 500;

/** Gives messages that are pending for too long a job again; a second job for one message does no harm. */
export async function sweepMessages(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - stuckAfterMs);
  const due = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('messages', ${most}, ${olderThan})`;
  for (const { tenant_id: tenantId, id: messageId } of due) {
    await enqueue(contextOf(tenantId), sendQueue, { tenantId, messageId });
  }
}
