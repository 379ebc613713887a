import { contextFor } from "#server/core/context.ts";
import type { Periodic } from "#server/jobs/define-job.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { sweepWaiting } from "./sweep-waiting.ts";

/** Somebody has finished something, or an absence is over: nobody says so, it is looked at. */
export const giveWaitingJob: Periodic = definePeriodic({
  name: "give-waiting",
  everyMs: 10_000,
  run: ({ clock }) =>
    sweepWaiting(clock, (tenantId) => contextFor(tenantId, { type: "job", name: "give-waiting" }, clock)),
});
