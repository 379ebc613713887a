import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { fetchQueue } from "./queues.ts";

/** Due for longer than a queue in order takes. */
const stuckAfterMs = 60_000;
const most = 500;

/** Gives files that wait for too long a job again; a second job for one file does no harm. */
export async function sweepFiles(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - stuckAfterMs);
  const due = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('attachments', ${most}, ${olderThan})`;
  for (const { tenant_id: tenantId, id: attachmentId } of due) {
    await enqueue(contextOf(tenantId), fetchQueue, { tenantId, attachmentId });
  }
}
