import { findDue, type Due } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { inTurn } from "#server/jobs/in-turn.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { askSurvey } from "./ask-survey.ts";

/** Surveys that one turn looks for; the rest comes with the next. */
const most = 200;

/** Asks customers, some time after what they wanted was resolved, whether they are satisfied. */
export const askSurveysJob = definePeriodic({
  name: "ask surveys",
  everyMs: 15_000,
  run: ({ clock, signal }) => askDueSurveys(clock, signal),
});

/** Asks whatever is due by now, across tenants, each in a transaction of its own. */
export async function askDueSurveys(clock: Clock, signal?: AbortSignal): Promise<void> {
  const ask = ({ tenantId, id }: Due) => askSurvey(contextFor(tenantId, { type: "job", name: "surveys" }, clock), id);
  await inTurn(await findDue("surveys", most, clock.now()), ask, signal);
}
