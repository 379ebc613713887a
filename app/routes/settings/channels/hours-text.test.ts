import { expect, test } from "vitest";
import { readHours, readSpans, spansText } from "./hours-text.ts";

test.each([
  ["09:00-12:30, 14:00-18:00", ["09:00-12:30", "14:00-18:00"]],
  ["9h-12h30; 14h–18h", ["09:00-12:30", "14:00-18:00"]],
  ["9 à 12.30 et 14 → 24:00", ["09:00-12:30", "14:00-24:00"]],
  ["9 to 5", ["09:00-05:00"]],
  ["", []],
  ["midi", ["midi-"]],
])("reads %j", (typed, spans) => {
  expect(readSpans(typed).map(({ from, to }) => `${from}-${to}`)).toEqual(spans);
});

test("what is shown is read back as it was", () => {
  const hours = {
    days: {
      "1": [
        { from: "09:00", to: "12:30" },
        { from: "14:00", to: "18:00" },
      ],
    },
    closed: [],
  };
  const shown = { limited: "on", day1: spansText(hours, "1"), closed: "" };
  expect(readHours(shown)?.days["1"]).toEqual(hours.days["1"]);
});

test("without the box the counter is always open", () => {
  expect(readHours({ day1: "9-18" })).toBeNull();
  expect(readHours({ limited: "on", closed: "2026-12-25, 2026-01-01" })?.closed).toEqual(["2026-01-01", "2026-12-25"]);
});
