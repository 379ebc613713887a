import { expect, test } from "vitest";

import { absenceOf, daysOf } from "./absence-days.ts";

test("days are whole ones of the zone, the last one included, across the change of the clocks", () => {
  const days = { from: "2026-10-24", until: "2026-10-25", substituteId: "" };
  const absence = absenceOf({ ...days }, "Europe/Paris");
  expect(absence).toEqual({
    from: new Date("2026-10-23T22:00:00Z"),
    until: new Date("2026-10-25T23:00:00Z"),
    substituteId: null,
  });
  expect(daysOf(absence, "Europe/Paris")).toEqual(days);
  expect(daysOf(null, "Europe/Paris")).toBeNull();
});

test("what is no day is refused by those that ask for one", () => {
  const { from, until } = absenceOf({ from: "", until: "soon" }, "Europe/Paris");
  expect([from.getTime(), until.getTime()]).toEqual([NaN, NaN]);
});
