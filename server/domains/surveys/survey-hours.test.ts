import fc from "fast-check";
import { expect, it } from "vitest";
import { nextAsking } from "./survey-hours.ts";

const zone = "Europe/Paris";
const usual = { zone, from: "09:00", until: "20:00", business: null };
const at = (text: string) => new Date(text);

it("waits for the morning, and not at all during the day", () => {
  expect(nextAsking(usual, at("2026-11-20T12:00:00Z"))).toEqual(at("2026-11-20T12:00:00Z"));
  // 21 h in Paris.
  expect(nextAsking(usual, at("2026-11-20T20:00:00Z"))).toEqual(at("2026-11-21T08:00:00Z"));
});

it("is at nine by the clock on the wall on both sides of a change of time", () => {
  expect(nextAsking(usual, at("2026-03-28T22:00:00Z"))).toEqual(at("2026-03-29T07:00:00Z"));
  expect(nextAsking(usual, at("2026-10-24T22:00:00Z"))).toEqual(at("2026-10-25T08:00:00Z"));
});

it("keeps to business hours and days off, within the hours allowed", () => {
  const days = Object.fromEntries([1, 2, 3, 4, 5].map((one) => [one, [{ from: "08:00", to: "18:00" }]]));
  const business = { days, closed: ["2026-11-23"] };
  // Friday 18:30: Monday is a day off, and nothing leaves before nine.
  expect(nextAsking({ ...usual, business }, at("2026-11-20T17:30:00Z"))).toEqual(at("2026-11-24T08:00:00Z"));
});

it("is never, where the two hours have nothing in common", () => {
  const business = { days: { 1: [{ from: "06:00", to: "08:00" }] }, closed: [] };
  expect(nextAsking({ ...usual, business }, at("2026-11-20T17:30:00Z"))).toBeNull();
});

it("is always within the hours, and never earlier than asked", () => {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
  fc.assert(
    fc.property(
      fc.date({ min: at("2026-01-01T00:00:00Z"), max: at("2027-12-31T00:00:00Z"), noInvalidDate: true }),
      (from) => {
        const next = nextAsking(usual, from)!;
        const local = clock.format(next);
        expect(next.getTime()).toBeGreaterThanOrEqual(from.getTime());
        expect(next.getTime() - from.getTime()).toBeLessThan(14 * 3_600_000 + 1);
        expect(local >= "09:00" && local < "20:00").toBe(true);
      },
    ),
    { numRuns: 500 },
  );
});
