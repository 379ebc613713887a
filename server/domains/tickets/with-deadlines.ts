import { reckon, type SlaSettings } from "#server/domains/sla/index.ts";
import type { Altered } from "./write-alterations.ts";

/** An alteration with the deadlines that follow from it: nobody has to think of them. */
export function withDeadlines(settings: SlaSettings, altered: Altered, at: Date): Altered {
  const { ticket, alteration } = altered;
  const reckoned = reckon(settings, { ...ticket, ...alteration.set }, at);
  return reckoned
    ? { ticket, alteration: { ...alteration, set: { ...alteration.set, ...reckoned.deadlines } } }
    : altered;
}
