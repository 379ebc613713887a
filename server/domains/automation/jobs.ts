import { findDue } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { defineJob, definePeriodic } from "#server/jobs/define-job.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { carryOut } from "./carry-out.ts";
import { automationQueue } from "./queues.ts";

/** Steps that one job takes before it lets others have a turn. */
const mostSteps = 100;
/** Facts older than this were left by a job that was lost. */
const leftBehindMs = 15_000;
const mostTenants = 200;

/** Looks at what happened in one business. */
export const automationJob = defineJob({
  queue: automationQueue,
  concurrency: 2,
  pollSeconds: 2,
  handler: ({ tenantId }, { clock, signal }) => work(tenantId, clock, signal),
});

/** Facts whose job was lost are looked at all the same. */
export const sweepAutomationJob = definePeriodic({
  name: "sweep automation",
  everyMs: 15_000,
  run: async ({ clock, signal }) => {
    const due = await findDue("automation", mostTenants, new Date(clock.now().getTime() - leftBehindMs));
    await inTurn(due, ({ tenantId }) => work(tenantId, clock, signal), signal);
  },
});

async function work(tenantId: string, clock: Clock, signal: AbortSignal): Promise<void> {
  const ctx = contextFor(tenantId, { type: "job", name: automationQueue.name }, clock);
  for (let step = 0; step < mostSteps; step++) {
    if (signal.aborted) break;
    const left = await carryOut(ctx);
    if (left === "idle") return;
    // Whoever is at it may have begun before this was written.
    if (left === "busy") return enqueue(ctx, automationQueue, { tenantId }, { afterMs: 1_000 });
  }
  await enqueue(ctx, automationQueue, { tenantId });
}
