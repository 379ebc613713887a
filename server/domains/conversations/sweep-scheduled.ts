import { findDue } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { sendScheduled } from "./send-scheduled.ts";

/** Due for longer than a job takes to begin. */
const lateMs = 20_000;
const most = 500;

/** Lets replies leave that are due and whose job was lost: after a restored backup, or a queue that stood still. */
export async function sweepScheduled(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - lateMs);
  const due = await findDue("scheduled_messages", most, olderThan);
  // A conversation comes once for each of its replies.
  const conversations = new Map(due.map(({ id, tenantId }) => [id, tenantId]));
  await inTurn(conversations, ([conversationId, tenantId]) => sendScheduled(contextOf(tenantId), { conversationId }));
}
