import fc from "fast-check";
import { expect, test } from "vitest";
import { cpuMs } from "#server/core/testing-cost.ts";
import { readSpokenBudget, readSpokenPhone, readSpokenTime, sayTime } from "./index.ts";

const zones = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC", "Pacific/Apia"];
const minuteMs = 60_000;
/** Around each change of the clocks, and anywhere else. */
const instants = fc.oneof(
  fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 11, 31) }),
  ...[
    "2026-10-25T01:00Z",
    "2027-03-28T01:00Z",
    "2026-11-01T06:00Z",
    "2027-03-14T07:00Z",
    "2027-04-03T15:00Z",
    "2026-10-03T15:30Z",
  ].map((change) => fc.integer({ min: -180, max: 180 }).map((minutes) => Date.parse(change) + minutes * minuteMs)),
);

test("a time that is said and understood again is the same minute, whatever the zone and the change of its clocks", () => {
  fc.assert(
    fc.property(
      instants,
      fc.constantFrom(...zones),
      fc.constantFrom("fr" as const, "en" as const),
      fc.integer({ min: 0, max: 500 * 1_440 }),
      (value, zone, language, ahead) => {
        const at = new Date(Math.floor(value / minuteMs) * minuteMs);
        const speaking = { zone, language, now: new Date(at.getTime() - ahead * minuteMs) };
        expect(readSpokenTime(sayTime(at, speaking), speaking)).toEqual({ kind: "time", at });
      },
    ),
    { numRuns: 3_000 },
  );
});

const words =
  "mardi tuesday prochain next en huit week le 3 31 12:30 24/11 a at heures h midi noon et demie half past to quart moins dans in deux cent mille million un double zero @1 ; . demain tomorrow apres before entre between matin night pm 2026-11-24T14:30 k € + é 日".split(
    " ",
  );
const anything = fc.oneof(
  fc.string({ maxLength: 400 }),
  fc.string({ unit: "binary", maxLength: 400 }),
  fc.array(fc.constantFrom(...words), { maxLength: 60 }).map((said) => said.join(" ")),
);

test("whatever is said is answered, never with a time that is over, and within bounds", () => {
  const now = new Date("2026-11-22T09:00:00Z");
  let slowest = 0;
  fc.assert(
    fc.property(
      anything,
      fc.constantFrom(...zones),
      fc.constantFrom("fr" as const, "en" as const),
      (said, zone, language) => {
        const began = cpuMs();
        const time = readSpokenTime(said, { zone, language, now });
        const phone = readSpokenPhone(said, language);
        const budget = readSpokenBudget(said, language);
        slowest = Math.max(slowest, cpuMs() - began);
        if (time.kind === "time") expect(time.at.getTime()).toBeGreaterThanOrEqual(now.getTime());
        if (time.kind === "span")
          expect(time.until.getTime()).toBeGreaterThan(Math.max(time.from.getTime(), now.getTime()));
        if (time.kind === "unclear") expect(time.ask).toMatch(/\?$/);
        if (phone !== null) expect(phone).toMatch(/^\+?\d{6,15}$/);
        for (const cents of budget ? [budget.minCents, budget.maxCents] : [])
          if (cents !== null) expect(Number.isSafeInteger(cents) && cents >= 0).toBe(true);
      },
    ),
    { numRuns: 10_000 },
  );
  expect(slowest).toBeLessThan(250);
});
