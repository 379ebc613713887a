import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { sendAppointmentMessage } from "./send-message.ts";

/** Messages that one turn looks for; the rest comes with the next. */
const most = 200;

/** Tells customers what they are owed about their appointments. */
export const sendAppointmentMessagesJob = definePeriodic({
  name: "send appointment messages",
  everyMs: 5_000,
  run: ({ clock, signal }) => sendDueMessages(clock, signal),
});

/** Sends whatever is due by now, across tenants, each in a transaction of its own; one that fails keeps none of the others from theirs. */
export async function sendDueMessages(clock: Clock, signal?: AbortSignal): Promise<void> {
  const rows = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('appointment_messages', ${most}, ${clock.now().toISOString()}::timestamptz)`;
  const failures: unknown[] = [];
  for (const { tenant_id: tenantId, id } of rows) {
    if (signal?.aborted) return;
    await sendAppointmentMessage(contextFor(tenantId, { type: "job", name: "appointment messages" }, clock), id).catch(
      (error: unknown) => failures.push(error),
    );
  }
  if (failures.length > 0) throw failures[0];
}
