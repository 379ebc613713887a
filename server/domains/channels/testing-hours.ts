import fc from "fast-check";
import type { BusinessHours } from "#db/schema/channels.ts";

const minute = 60_000;
const clockOf = (total: number) =>
  `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;

/** Nights in which the clock is set on or back. */
export const changesOfTheClock = Object.entries({
  "Europe/Paris": ["2026-03-29T01:00Z", "2026-10-25T01:00Z"],
  "America/New_York": ["2026-03-08T07:00Z", "2026-11-01T06:00Z"],
  "Australia/Lord_Howe": ["2026-04-04T15:00Z", "2026-10-03T15:30Z"],
}).flatMap(([zone, instants]) => instants.map((change) => ({ zone, change })));

/** A minute as a wall clock shows it. */
export interface Minute {
  at: number;
  weekday: string;
  date: string;
  time: string;
}

/** Every minute from three days before a change on, a week of them unless told, read from the platform's own calendar. */
export function walk(zone: string, change: string, days = 7): { zone: string; minutes: Minute[] } {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    hourCycle: "h23",
    weekday: "short",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
  });
  const start = Date.parse(change) - 3 * 1440 * minute;
  const minutes = Array.from({ length: days * 1440 }, (_, step) => {
    const at = start + step * minute;
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      at,
      weekday: String(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(parts.weekday ?? "") + 1),
      date: `${parts.year}-${parts.month}-${parts.day}`,
      time: `${parts.hour}:${parts.minute}`,
    };
  });
  return { zone, minutes };
}

export function isOpenByHand(hours: BusinessHours, { date, weekday, time }: Minute): boolean {
  if (hours.closed.includes(date)) return false;
  const spans = hours.days[weekday as "1"] ?? [];
  return spans.some(({ from, to }) => time >= from && time < to);
}

const span = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from: clockOf(from), to: clockOf(to) }));
/** Many begin or end within the hours that are skipped or come twice. */
const nightSpan = fc
  .tuple(fc.integer({ min: 60, max: 200 }), fc.integer({ min: 1, max: 120 }))
  .map(([from, length]) => ({ from: clockOf(from), to: clockOf(from + length) }));
const weekdays = ["1", "2", "3", "4", "5", "6", "7"] as const;
export const someWeek = fc.record(
  Object.fromEntries(weekdays.map((day) => [day, fc.array(fc.oneof(span, nightSpan), { maxLength: 3 })])),
);
