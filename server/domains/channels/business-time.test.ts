import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BusinessHours } from "#db/schema/channels.ts";
import { addBusinessTime, businessTimeBetween } from "./business-hours.ts";
import { changesOfTheClock, isOpenByHand, someWeek, walk } from "./testing-hours.ts";

const minute = 60_000;

/** Business time by walking through every minute: what a person with a wall clock would count. */
describe.each(changesOfTheClock)("in $zone around $change", ({ zone, change }) => {
  const { minutes } = walk(zone, change);
  const dates = [...new Set(minutes.map(({ date }) => date))];
  const place = fc.integer({ min: 0, max: minutes.length - 1 });

  it("counts and adds what a walk minute by minute does", () => {
    fc.assert(
      fc.property(
        someWeek,
        fc.subarray(dates, { maxLength: 3 }),
        fc.array(fc.record({ from: place, length: fc.integer({ min: 1, max: 3000 }), to: place }), { maxLength: 6 }),
        (days, closed, asked) => {
          const hours = { days, closed } as BusinessHours;
          const open = minutes.map((one) => isOpenByHand(hours, one));
          for (const { from, to, length } of asked) {
            const [start, end] = [minutes[from]!.at, minutes[to]!.at];
            const counted = open.slice(from, Math.max(from, to)).filter(Boolean).length;
            expect(businessTimeBetween(hours, zone, new Date(start), new Date(end))).toBe(counted * minute);

            let left = length;
            const last = open.findIndex((isOpen, index) => index >= from && isOpen && --left === 0);
            if (last < 0) continue;
            const due = addBusinessTime(hours, zone, new Date(start), length * minute);
            expect(due?.getTime()).toBe(minutes[last]!.at + minute);
            expect(businessTimeBetween(hours, zone, new Date(start), due!)).toBe(length * minute);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

it("adds nothing at once, and never ends where it never opens", () => {
  const at = new Date("2026-11-21T09:00Z");
  const monday = { days: { "1": [{ from: "09:00", to: "10:00" }] }, closed: [] };
  expect(addBusinessTime(monday, "Europe/Paris", at, 0)).toEqual(at);
  expect(addBusinessTime(monday, "Europe/Paris", at, -5)).toEqual(at);
  expect(addBusinessTime({ days: {}, closed: [] }, "Europe/Paris", at, 1)).toBeNull();
  expect(businessTimeBetween(monday, "Europe/Paris", at, new Date(at.getTime() - 1))).toBe(0);
  expect(addBusinessTime(monday, "Europe/Paris", at, 90 * minute)?.toISOString()).toBe("2026-11-30T08:30:00.000Z");
});
