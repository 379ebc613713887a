import { describe, expect, it } from "vitest";
import { findSilence, weekHours } from "./rhythm.ts";

const hour = 3_600_000;
const day = 24 * hour;
const slotOf = weekHours("Europe/Paris");
const neverClosed = () => false;

/** Every hour of so many days that a rule calls busy, from Monday 2 March 2026, midnight in Paris. */
function hoursWhere(days: number, isBusy: (slot: number, day: number) => boolean): Date[] {
  const start = Date.parse("2026-03-01T23:00:00Z");
  return Array.from({ length: days * 24 }, (_, at) => new Date(start + at * hour)).filter((at) =>
    isBusy(slotOf(at), Math.floor((at.getTime() - start) / day)),
  );
}

/** A shop that hears from customers from nine to six, Monday to Friday. */
const shop = (slot: number) => slot < 5 * 24 && slot % 24 >= 9 && slot % 24 < 18;
const shopHours = hoursWhere(26, shop);
const silenceAt = (busy: Date[], now: string, isClosed: (instant: Date) => boolean = neverClosed) =>
  findSilence({ busy, slotOf, isClosed }, new Date(now));

describe("the hours of the week", () => {
  it("follow the zone's clock, over its change too", () => {
    expect(slotOf(new Date("2026-03-01T23:30:00Z"))).toBe(0);
    expect(slotOf(new Date("2026-03-28T23:30:00Z"))).toBe(6 * 24);
    expect(slotOf(new Date("2026-03-29T22:30:00Z"))).toBe(0);
    expect(slotOf(new Date("2026-03-29T21:30:00Z"))).toBe(6 * 24 + 23);
  });
});

describe("a silence", () => {
  it("is none over the nights and the weekend of a shop", () => {
    // Friday 27 March, 18:00 in Paris is the last hour; Monday at ten nothing is odd yet.
    expect(silenceAt(shopHours, "2026-03-27T22:00:00Z")).toBeNull();
    expect(silenceAt(shopHours, "2026-03-30T08:00:00Z")).toBeNull();
  });

  it("begins with the last hour that was busy, once four usual ones were missed", () => {
    expect(silenceAt(shopHours, "2026-03-30T10:59:00Z")).toBeNull();
    const silence = silenceAt(shopHours, "2026-03-30T11:00:00Z");
    expect(silence?.since).toEqual(shopHours.at(-1));
    expect(silence?.missed).toBeCloseTo(4, 0);
  });

  it("is not found on days that the counter said it is closed", () => {
    const closed = (instant: Date) => instant.toISOString().startsWith("2026-03-30");
    expect(silenceAt(shopHours, "2026-03-30T16:00:00Z", closed)).toBeNull();
    expect(silenceAt(shopHours, "2026-03-31T12:00:00Z", closed)).not.toBeNull();
  });

  it("has to be clearly longer than those there were before", () => {
    // One Wednesday of four nothing came: a quiet day is nothing new.
    const quiet = hoursWhere(26, (slot, at) => shop(slot) && at !== 16);
    expect(silenceAt(quiet, "2026-03-30T16:00:00Z")).toBeNull();
    expect(silenceAt(quiet, "2026-03-31T16:00:00Z")).not.toBeNull();
  });

  it("is never found where there is no habit yet, or hardly any traffic", () => {
    expect(silenceAt(hoursWhere(12, shop), "2026-04-20T12:00:00Z")).toBeNull();
    expect(
      silenceAt(
        hoursWhere(26, (slot) => slot === 10),
        "2026-06-20T12:00:00Z",
      ),
    ).toBeNull();
    expect(silenceAt([], "2026-04-20T12:00:00Z")).toBeNull();
  });
});
