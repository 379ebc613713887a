import { expect, test } from "vitest";

import { boundsOf, calendarAddress, dayAt, daysShown, readCalendar, stepped } from "./calendar-address.ts";

const today = "2026-11-22";
const read = (query: string) => readCalendar(new URLSearchParams(query), today);

test("an address is read as it was written; what it does not know is left out", () => {
  const page = read("view=day&day=2026-03-29&member=0198a000-0000-7000-8000-000000000001&hours=all");
  expect(page).toEqual({
    view: "day",
    day: "2026-03-29",
    member: "0198a000-0000-7000-8000-000000000001",
    wholeDay: true,
  });
  expect(read(calendarAddress(page).slice(1))).toEqual(page);
  const usual = { view: "week", day: today, member: undefined, wholeDay: false };
  expect(read("view=year&day=2026-02-31&member=me")).toEqual(usual);
  expect(read("day=1987-01-01")).toEqual(usual);
});

test("a week begins on Monday, a month has its weeks whole", () => {
  expect(daysShown({ view: "day", day: today })).toEqual([today]);
  const week = daysShown({ view: "week", day: today });
  expect([week[0], week.at(-1), week.length]).toEqual(["2026-11-16", "2026-11-22", 7]);
  const month = daysShown({ view: "month", day: today });
  expect([month[0], month.at(-1), month.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
  expect(daysShown({ view: "month", day: "2027-02-10" })).toHaveLength(28);
});

test("steps are as long as what is shown, and stay in the next month", () => {
  expect(stepped({ view: "day", day: "2026-12-31" }, 1)).toBe("2027-01-01");
  expect(stepped({ view: "week", day: today }, -1)).toBe("2026-11-15");
  expect(stepped({ view: "month", day: "2026-01-31" }, 1)).toBe("2026-02-28");
});

test("days are those of the zone, short and long ones too", () => {
  const hours = (day: string) => {
    const { from, until } = boundsOf([day], "Europe/Paris");
    return (until.getTime() - from.getTime()) / 3_600_000;
  };
  expect([hours("2026-03-29"), hours("2026-10-25"), hours(today)]).toEqual([23, 25, 24]);
  expect(dayAt(Date.parse("2026-11-22T23:30:00Z"), "Europe/Paris")).toBe("2026-11-23");
});
