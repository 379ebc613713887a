import { findDue } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { sendQueue } from "./queues.ts";

/** Pending for longer than any wait between two tries. */
const stuckAfterMs = 20 * 60_000;
const most = 500;

/** Gives messages that are pending for too long a job again; a second job for one message does no harm. */
export async function sweepMessages(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - stuckAfterMs);
  await inTurn(await findDue("messages", most, olderThan), ({ tenantId, id: messageId }) =>
    enqueue(contextOf(tenantId), sendQueue, { tenantId, messageId }),
  );
}
