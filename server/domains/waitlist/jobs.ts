import { appPool } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { stepOpening } from "./step-opening.ts";

/** Openings that one turn looks for; the rest comes with the next. */
const most = 100;

/** Offers times that became free to those who wait for one. */
export const stepOpeningsJob = definePeriodic({
  name: "step waitlist openings",
  everyMs: 5_000,
  run: ({ clock, signal }) => stepDueOpenings(clock, signal),
});

/** Steps whatever is due by now, across tenants, each in a transaction of its own; one that fails keeps none of the others from theirs. */
export async function stepDueOpenings(clock: Clock, signal?: AbortSignal): Promise<void> {
  const rows = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('waitlist', ${most}, ${clock.now().toISOString()}::timestamptz)`;
  const failures: unknown[] = [];
  for (const { tenant_id: tenantId, id } of rows) {
    if (signal?.aborted) return;
    await stepOpening(contextFor(tenantId, { type: "job", name: "waitlist" }, clock), id).catch((error: unknown) =>
      failures.push(error),
    );
  }
  if (failures.length > 0) throw failures[0];
}
