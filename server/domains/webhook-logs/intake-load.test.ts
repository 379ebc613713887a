import { expect, test } from "vitest";
import { countStored, isIntakeBusy } from "./intake-load.ts";

test("intake is busy while posts pour in, and for one slot after", () => {
  const start = 1_000_000;
  expect(isIntakeBusy(start)).toBe(false);
  for (let at = 0; at < 100; at += 10) countStored(20, start + at);
  expect(isIntakeBusy(start + 99)).toBe(true);
  expect(isIntakeBusy(start + 150)).toBe(true);
  expect(isIntakeBusy(start + 250)).toBe(false);
  countStored(40, start + 1_000);
  expect(isIntakeBusy(start + 1_010)).toBe(false);
});
