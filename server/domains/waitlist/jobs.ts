import { findDue, type Due } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { endWait } from "./end-wait.ts";
import { stepOpening } from "./step-opening.ts";

/** Openings, or waits, that one turn looks for; the rest comes with the next. */
const most = 100;

/** Offers times that became free to those who wait for one. */
export const stepOpeningsJob = definePeriodic({
  name: "step waitlist openings",
  everyMs: 5_000,
  run: ({ clock, signal }) => stepDueOpenings(clock, signal),
});

/** Ends the wait of those whose last day has passed. */
export const endPastWaitsJob = definePeriodic({
  name: "end past waits",
  everyMs: 60_000,
  run: ({ clock, signal }) => endPastWaits(clock, signal),
});

/** Steps whatever is due by now, across tenants, each in a transaction of its own. */
export async function stepDueOpenings(clock: Clock, signal?: AbortSignal): Promise<void> {
  const step = ({ tenantId, id }: Due) => stepOpening(ctxOf(tenantId, clock), id);
  await inTurn(await findDue("waitlist", most, clock.now()), step, signal);
}

/** Likewise, those whose last day is over by now. */
export async function endPastWaits(clock: Clock, signal?: AbortSignal): Promise<void> {
  const end = ({ tenantId, id }: Due) => endWait(ctxOf(tenantId, clock), id);
  await inTurn(await findDue("past_waits", most, clock.now()), end, signal);
}

const ctxOf = (tenantId: string, clock: Clock): Ctx => contextFor(tenantId, { type: "job", name: "waitlist" }, clock);
