import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import { bulkQueue } from "./bulk-queues.ts";
import { runBulk } from "./run-bulk.ts";
import { sweepBulk } from "./sweep-bulk.ts";

const contextOf = (tenantId: string, clock: Clock) => contextFor(tenantId, { type: "job", name: "tickets" }, clock);

/** Works through a bulk change for a while. */
export const bulkJob = defineJob({
  queue: bulkQueue,
  concurrency: 2,
  handler: ({ tenantId, ...baton }, { clock, signal }) => runBulk(contextOf(tenantId, clock), baton, signal),
});

/** A bulk change whose worker died goes on where it stood; what can no longer be taken back is forgotten. */
export const sweepBulkJob = definePeriodic({
  name: "sweep bulk changes",
  everyMs: 5_000,
  run: ({ clock }) => sweepBulk(clock, (tenantId) => contextOf(tenantId, clock)),
});
