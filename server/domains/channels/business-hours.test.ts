import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BusinessHours } from "#db/schema/channels.ts";
import { isOpenAt, nextOpening } from "./business-hours.ts";
import { changesOfTheClock, isOpenByHand, someWeek, walk } from "./testing-hours.ts";

const walks = changesOfTheClock.map(({ zone, change }) => walk(zone, change));

describe.each(walks)("in $zone around $minutes.0.date", ({ zone, minutes }) => {
  it("says what a walk minute by minute finds", () => {
    const dates = [...new Set(minutes.map(({ date }) => date))];
    fc.assert(
      fc.property(
        someWeek,
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
