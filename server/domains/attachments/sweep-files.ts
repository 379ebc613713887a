import { findDue } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { fetchQueue } from "./queues.ts";

/** Due for longer than a queue in order takes. */
const stuckAfterMs = 60_000;
const most = 500;

/** Gives files that wait for too long a job again; a second job for one file does no harm. */
export async function sweepFiles(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - stuckAfterMs);
  await inTurn(await findDue("attachments", most, olderThan), ({ tenantId, id: attachmentId }) =>
    enqueue(contextOf(tenantId), fetchQueue, { tenantId, attachmentId }),
  );
}
