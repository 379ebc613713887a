import type { BusinessHours } from "#db/schema/channels.ts";
import { nextOpening } from "#server/domains/channels/index.ts";

type Days = BusinessHours["days"];
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;

/** When a question may leave, by the wall clock of the business's zone. */
export interface SurveyHours {
  zone: string;
  /** `09:00`. */
  from: string;
  until: string;
  /** Nor outside of these; null: every day. */
  business: BusinessHours | null;
}

/** The first instant, this one included, at which a question may leave; null where there is none within a year. */
export function nextAsking({ zone, from, until, business }: SurveyHours, instant: Date): Date | null {
  const days: Days = Object.fromEntries(
    weekdays.map((day) => [day, business ? clipped(business.days[day] ?? [], from, until) : [{ from, to: until }]]),
  );
  return nextOpening({ days, closed: business?.closed ?? [] }, zone, instant);
}

/** What of these spans lies between two hours. */
function clipped(spans: readonly { from: string; to: string }[], from: string, until: string) {
  return spans
    .map((span) => ({ from: span.from > from ? span.from : from, to: span.to < until ? span.to : until }))
    .filter((span) => span.from < span.to);
}
