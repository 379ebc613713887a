import { Temporal } from "temporal-polyfill";
import { invalid } from "#server/core/errors.ts";

/** A ready-made end; anything else is a time by the clock on the wall, such as `2026-12-24T08:30`. */
type SnoozeEnd = "three_hours" | "tomorrow" | "next_week" | (string & {});

/** When a day begins that was only named. */
const morning = "09:00";
const longestDays = 366;

/**
 * The instant at which a snooze ends, by the clock of a zone: tomorrow and Monday begin at nine there, on days of 23
 * or 25 hours too; an hour that the clock skips is the one after. Refused beside `until` when it is past, more than
 * a year ahead, or no time.
 */
export function snoozeEnd(until: SnoozeEnd, zone: string, now: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone);
  const at = new Date(endIn(until, local).epochMilliseconds);
  if (at <= now) throw invalid({ until: "in_the_past" });
  if (at.getTime() > now.getTime() + longestDays * 86_400_000) throw invalid({ until: "too_far_ahead" });
  return at;
}

function endIn(until: SnoozeEnd, local: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  if (until === "three_hours") return local.add({ hours: 3 }).round({ smallestUnit: "minute", roundingMode: "ceil" });
  const today = local.toPlainDate();
  const at = (date: Temporal.PlainDate) => date.toZonedDateTime({ timeZone: local.timeZoneId, plainTime: morning });
  if (until === "tomorrow") return at(today.add({ days: 1 }));
  if (until === "next_week") return at(today.add({ days: 8 - today.dayOfWeek }));
  try {
    return Temporal.PlainDateTime.from(until).toZonedDateTime(local.timeZoneId);
  } catch {
    throw invalid({ until: "invalid" });
  }
}
