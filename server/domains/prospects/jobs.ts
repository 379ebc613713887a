import { definePeriodic } from "#server/jobs/define-job.ts";
import { remindDueOwners } from "./remind-owners.ts";

/** Tells members whom it is time to speak with again. */
export const remindOwnersJob = definePeriodic({
  name: "remind of follow-ups",
  everyMs: 15_000,
  run: ({ clock, signal }) => remindDueOwners(clock, signal),
});
