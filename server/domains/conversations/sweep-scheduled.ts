import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { sendScheduled } from "./send-scheduled.ts";

/** Due for longer than a job takes to begin. */
const lateMs = 20_000;
const most = 500;

/** Lets replies leave that are due and whose job was lost: after a restored backup, or a queue that stood still. */
export async function sweepScheduled(clock: Clock, contextOf: (tenantId: string) => Ctx): Promise<void> {
  const olderThan = new Date(clock.now().getTime() - lateMs);
  const due = await appPool()<{ tenant_id: string; id: string }[]>`
    select distinct tenant_id, id from door.due('scheduled_messages', ${most}, ${olderThan})`;
  for (const { tenant_id: tenantId, id: conversationId } of due) {
    await sendScheduled(contextOf(tenantId), { conversationId });
  }
}
