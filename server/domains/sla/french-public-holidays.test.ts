import { expect, it } from "vitest";
import { easterSunday, frenchPublicHolidays } from "./french-public-holidays.ts";

it("finds Easter in years that put the rules to the test", () => {
  const known = [
    ["1954-04-18", "the late moon of a high golden number"],
    ["1981-04-19", "the moon that would be too late"],
    ["2000-04-23", "a leap century"],
    ["2008-03-23", "nearly the earliest"],
    ["2024-03-31", ""],
    ["2026-04-05", ""],
    ["2027-03-28", ""],
    ["2038-04-25", "the latest"],
    ["2100-03-28", "a century that does not leap"],
  ];
  for (const [day] of known) expect(easterSunday(Number(day!.slice(0, 4))).toString()).toBe(day);
});

it("lists a year's days in order, in the business's language", () => {
  expect(frenchPublicHolidays(2027, "fr").map(({ day }) => day)).toEqual([
    "2027-01-01",
    "2027-03-29",
    "2027-05-01",
    "2027-05-06",
    "2027-05-08",
    "2027-05-17",
    "2027-07-14",
    "2027-08-15",
    "2027-11-01",
    "2027-11-11",
    "2027-12-25",
  ]);
  expect(frenchPublicHolidays(2027, "en")[1]).toEqual({ day: "2027-03-29", name: "Easter Monday" });
});

it("closes a day on which two holidays fall once", () => {
  const days = frenchPublicHolidays(2008, "fr").map(({ day }) => day);
  expect(days).toHaveLength(10);
  expect(days.filter((day) => day === "2008-05-01")).toHaveLength(1);
});
