import { findDue, type Due } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
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

/** Sends whatever is due by now, across tenants, each in a transaction of its own. */
export async function sendDueMessages(clock: Clock, signal?: AbortSignal): Promise<void> {
  const send = ({ tenantId, id }: Due) =>
    sendAppointmentMessage(contextFor(tenantId, { type: "job", name: "appointment messages" }, clock), id);
  await inTurn(await findDue("appointment_messages", most, clock.now()), send, signal);
}
