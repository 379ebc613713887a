import { Temporal } from "temporal-polyfill";
import type { BusinessHours } from "#db/schema/channels.ts";

type Weekday = keyof BusinessHours["days"];

/** Whether a counter with these hours is open at an instant, by the wall clock of its zone. Without hours it always is. */
export function isOpenAt(hours: BusinessHours | null, zone: string, instant: Date): boolean {
  if (!hours) return true;
  const local = inZone(instant, zone);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return spansOf(hours, local.toPlainDate()).some(({ from, to }) => from <= time && time < to);
}

/** No list of closed dates is longer; a counter that opens again does so within it. */
const mostDays = 400;

/**
 * The first instant, this one included, at which the counter is open; null when it never opens within
 * {@link mostDays}. Where the clock is set on or back, an hour that is skipped opens at the change, and
 * one that comes twice opens twice.
 */
export function nextOpening(hours: BusinessHours, zone: string, instant: Date): Date | null {
  if (isOpenAt(hours, zone, instant)) return instant;
  const today = inZone(instant, zone).toPlainDate();
  let [now, next] = [openingsOf(hours, zone, today), openingsOf(hours, zone, today.add({ days: 1 }))];
  for (let day = 2; day < mostDays; day++) {
    // A clock that is set back over midnight mixes two days.
    const coming = [...now, ...next].filter((at) => at > instant.getTime() && isOpenAt(hours, zone, new Date(at)));
    if (coming.length > 0) return new Date(Math.min(...coming));
    [now, next] = [next, openingsOf(hours, zone, today.add({ days: day }))];
  }
  return null;
}

/** Every instant of a date at which the counter may open: where a span begins, and where the clock changes. */
function openingsOf(hours: BusinessHours, zone: string, date: Temporal.PlainDate): number[] {
  const spans = spansOf(hours, date);
  if (spans.length === 0) return [];
  const starts = spans.flatMap(({ from }) =>
    (["earlier", "later"] as const).map((disambiguation) =>
      date.toPlainDateTime(Temporal.PlainTime.from(from)).toZonedDateTime(zone, { disambiguation }),
    ),
  );
  const change = date.toZonedDateTime(zone).subtract({ minutes: 1 }).getTimeZoneTransition("next");
  const changes = change && change.toPlainDate().equals(date) ? [change] : [];
  return [...starts, ...changes].map((at) => at.epochMilliseconds);
}

function spansOf(hours: BusinessHours, date: Temporal.PlainDate): { from: string; to: string }[] {
  if (hours.closed.includes(date.toString())) return [];
  return hours.days[String(date.dayOfWeek) as Weekday] ?? [];
}

function inZone(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
