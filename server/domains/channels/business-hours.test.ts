import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BusinessHours } from "#db/schema/channels.ts";
import { isOpenAt, nextOpening } from "./business-hours.ts";

const minute = 60_000;
const clockOf = (total: number) =>
  `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;

/** A week around each change of the clock, as a person with a wall clock and a list of minutes would see it. */
const changes = {
  "Europe/Paris": ["2026-03-29T01:00Z", "2026-10-25T01:00Z"],
  "America/New_York": ["2026-03-08T07:00Z", "2026-11-01T06:00Z"],
  "Australia/Lord_Howe": ["2026-04-04T15:00Z", "2026-10-03T15:30Z"],
};
const walks = Object.entries(changes).flatMap(([zone, instants]) => instants.map((change) => walk(zone, change)));

interface Minute {
  at: number;
  weekday: string;
  date: string;
  time: string;
}

/** Every minute from three days before a change to four days after it, read from the platform's own calendar. */
function walk(zone: string, change: string): { zone: string; minutes: Minute[] } {
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
  const minutes = Array.from({ length: 7 * 1440 }, (_, step) => {
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

function isOpenByHand(hours: BusinessHours, { date, weekday, time }: Minute): boolean {
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
const week = fc.record(
  Object.fromEntries(weekdays.map((day) => [day, fc.array(fc.oneof(span, nightSpan), { maxLength: 3 })])),
);

describe.each(walks)("in $zone around $minutes.0.date", ({ zone, minutes }) => {
  it("says what a walk minute by minute finds", () => {
    const dates = [...new Set(minutes.map(({ date }) => date))];
    fc.assert(
      fc.property(
        week,
        fc.subarray(dates, { maxLength: 2 }),
        fc.array(fc.integer({ min: 0, max: minutes.length - 1 }), { minLength: 8, maxLength: 8 }),
        (days, closed, asked) => {
          const hours = { days, closed } as BusinessHours;
          const open = minutes.map((one) => isOpenByHand(hours, one));
          for (const index of asked) {
            const { at } = minutes[index]!;
            expect(isOpenAt(hours, zone, new Date(at))).toBe(open[index]);
            const found = open.indexOf(true, index);
            if (found >= 0) expect(nextOpening(hours, zone, new Date(at))?.getTime()).toBe(minutes[found]!.at);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

it("is always open without hours, and never with none", () => {
  expect(isOpenAt(null, "Europe/Paris", new Date())).toBe(true);
  expect(nextOpening({ days: {}, closed: [] }, "Europe/Paris", new Date())).toBeNull();
});

it("closes at the end of a span, and opens in its first second", () => {
  const hours = { days: { "1": [{ from: "09:00", to: "18:00" }] }, closed: [] };
  const paris = (time: string) => isOpenAt(hours, "Europe/Paris", new Date(`2026-11-23T${time}Z`));
  expect([paris("07:59:59.999"), paris("08:00"), paris("16:59:59.999"), paris("17:00")]).toEqual([
    false,
    true,
    true,
    false,
  ]);
});
