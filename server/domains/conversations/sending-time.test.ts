import { describe, expect, it } from "vitest";
import { instantToSend, sendingTime } from "./sending-time.ts";

const paris = (time: string, now: string) => instantToSend(time, "Europe/Paris", new Date(now))?.toISOString() ?? null;

describe("when a reply is to leave", () => {
  it("is nine in the morning, of the business", () => {
    expect(paris("tomorrow", "2026-11-21T22:30:00Z")).toBe("2026-11-22T08:00:00.000Z");
    // After midnight in Paris, tomorrow is another day.
    expect(paris("tomorrow", "2026-11-21T23:30:00Z")).toBe("2026-11-23T08:00:00.000Z");
    expect(instantToSend("tomorrow", "America/Montreal", new Date("2026-11-21T22:30:00Z"))?.toISOString()).toBe(
      "2026-11-22T14:00:00.000Z",
    );
  });

  it("is the next Monday, never today", () => {
    expect(paris("monday", "2026-11-21T12:00:00Z")).toBe("2026-11-23T08:00:00.000Z");
    expect(paris("monday", "2026-11-22T12:00:00Z")).toBe("2026-11-23T08:00:00.000Z");
    expect(paris("monday", "2026-11-23T05:00:00Z")).toBe("2026-11-30T08:00:00.000Z");
  });

  it("keeps its hour when the clocks change", () => {
    expect(paris("tomorrow", "2026-03-28T12:00:00Z")).toBe("2026-03-29T07:00:00.000Z");
    expect(paris("tomorrow", "2026-10-24T12:00:00Z")).toBe("2026-10-25T08:00:00.000Z");
    // Half past two does not exist that night; and the other night, it is there twice.
    expect(paris("2026-03-29T02:30", "2026-03-28T12:00:00Z")).toBe("2026-03-29T01:30:00.000Z");
    expect(paris("2026-10-25T02:30", "2026-10-24T12:00:00Z")).toBe("2026-10-25T00:30:00.000Z");
  });

  it("is neither past, nor out of reach, nor no time at all", () => {
    expect(paris("2026-11-21T12:59", "2026-11-21T12:00:00Z")).toBeNull();
    expect(paris("2026-11-21T13:01", "2026-11-21T12:00:00Z")).toBe("2026-11-21T12:01:00.000Z");
    expect(paris("2028-01-01T00:00", "2026-11-21T12:00:00Z")).toBeNull();
    expect(paris("2026-02-31T10:00", "2026-01-21T12:00:00Z")).toBeNull();
    expect(sendingTime.safeParse("soon").success).toBe(false);
  });
});
