import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";

import { axisOf, hoursAround, instantAt, placeOf } from "./day-axis.ts";

const whole = { from: 0, to: 24 };
const at = (local: string, zone: string) => Temporal.ZonedDateTime.from(`${local}[${zone}]`).epochMilliseconds;
const clockOf = ({ minutes, again }: { minutes: number; again: boolean }) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}${again ? " again" : ""}`;

describe("the rows of days", () => {
  it("are forty-eight half-hours of a usual day", () => {
    const { rows, days } = axisOf(["2026-11-23"], "Europe/Paris", whole);
    expect(rows).toHaveLength(48);
    expect(days[0]?.starts).not.toContain(null);
  });

  it("lack the hour that the clocks skip, and have the repeated one twice, in its order", () => {
    const spring = axisOf(["2026-03-29"], "Europe/Paris", { from: 1, to: 4 });
    expect(spring.rows.map(clockOf)).toEqual(["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"]);
    expect(spring.days[0]?.starts.map((start) => start === null)).toEqual([false, false, true, true, false, false]);
    const autumn = axisOf(["2026-10-24", "2026-10-25"], "Europe/Paris", { from: 1, to: 4 });
    expect(autumn.rows.map(clockOf)).toEqual([
      "01:00",
      "01:30",
      "02:00",
      "02:30",
      "02:00 again",
      "02:30 again",
      "03:00",
      "03:30",
    ]);
    const [before, day] = autumn.days;
    expect(before?.starts.map((start) => start === null).indexOf(true)).toBe(4);
    expect(day?.starts).not.toContain(null);
  });

  it("know changes of half an hour", () => {
    const back = axisOf(["2026-04-05"], "Australia/Lord_Howe", { from: 1, to: 3 });
    expect(back.rows.map(clockOf)).toEqual(["01:00", "01:30", "01:30 again", "02:00", "02:30"]);
    expect(back.days[0]?.starts).not.toContain(null);
    const on = axisOf(["2026-10-04"], "Australia/Lord_Howe", { from: 1, to: 3 });
    expect(on.days[0]?.starts.map((start) => start === null)).toEqual([false, false, true, false]);
  });

  it("give every instant of a day its own place, later ones lower, and find it again", () => {
    const zones = ["Europe/Paris", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Havana"];
    const dayOfYear = fc
      .integer({ min: 0, max: 364 })
      .map((days) => Temporal.PlainDate.from("2026-01-01").add({ days }));
    fc.assert(
      fc.property(fc.constantFrom(...zones), dayOfYear, fc.integer({ min: 0, max: 6 }), (zone, first, index) => {
        const days = [0, 1, 2, 3, 4, 5, 6].map((add) => first.add({ days: add }).toString());
        const starts = axisOf(days, zone, whole).days[index]!.starts;
        const date = first.add({ days: index });
        const begin = date.toZonedDateTime(zone).epochMilliseconds;
        const end = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
        let last = -1;
        for (let instant = begin; instant < end; instant += 15 * 60_000) {
          const place = placeOf(starts, instant);
          expect(place).toBeGreaterThan(last);
          expect(instantAt(starts, place)).toBe(instant);
          last = place;
        }
        expect(starts.filter((start) => start !== null)).toHaveLength((end - begin) / 1_800_000);
      }),
      { numRuns: 60 },
    );
  });

  it("puts what lies outside of the hours shown at their edges", () => {
    const starts = axisOf(["2026-11-23"], "Europe/Paris", { from: 9, to: 12 }).days[0]!.starts;
    expect(placeOf(starts, at("2026-11-23T07:00", "Europe/Paris"))).toBe(0);
    expect(placeOf(starts, at("2026-11-23T10:15", "Europe/Paris"))).toBe(2.5);
    expect(placeOf(starts, at("2026-11-23T20:00", "Europe/Paris"))).toBe(6);
    expect(instantAt(starts, 2.74)).toBe(at("2026-11-23T10:15", "Europe/Paris"));
    expect(instantAt(starts, 6)).toBeNull();
  });
});

describe("the hours shown", () => {
  const span = (from: string, until: string) => ({
    startsAt: new Date(at(from, "Europe/Paris")),
    endsAt: new Date(at(until, "Europe/Paris")),
  });

  it("are a working day, and whatever lies outside of it", () => {
    expect(hoursAround([], "Europe/Paris")).toEqual({ from: 8, to: 19 });
    expect(hoursAround([span("2026-11-23T07:15", "2026-11-23T08:00")], "Europe/Paris")).toEqual({ from: 7, to: 19 });
    expect(hoursAround([span("2026-11-23T19:00", "2026-11-23T20:10")], "Europe/Paris")).toEqual({ from: 8, to: 21 });
  });

  it("reach to midnight and beyond it", () => {
    expect(hoursAround([span("2026-11-23T22:00", "2026-11-24T00:00")], "Europe/Paris")).toEqual({ from: 8, to: 24 });
    expect(hoursAround([span("2026-11-23T23:00", "2026-11-24T00:30")], "Europe/Paris")).toEqual({ from: 0, to: 24 });
  });
});
