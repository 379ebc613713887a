import { expect, it } from "vitest";
import { instantOf, localOf } from "./due-time.ts";

it("reads and writes the tenant's wall time, across daylight saving", () => {
  for (const [local, iso] of [
    ["2026-11-21T18:00", "2026-11-21T17:00:00.000Z"],
    ["2026-07-01T18:00", "2026-07-01T16:00:00.000Z"],
  ] as const) {
    expect(instantOf(local, "Europe/Paris")?.toISOString()).toBe(iso);
    expect(localOf(new Date(iso), "Europe/Paris")).toBe(local);
  }
  // Half past two does not exist on that night: the clock has gone on to half past three.
  expect(instantOf("2026-03-29T02:30", "Europe/Paris")?.toISOString()).toBe("2026-03-29T01:30:00.000Z");
});

it("takes nothing else for a time", () => {
  for (const text of ["", "demain", "2026-13-45T99:99", "2026-11-21"])
    expect(instantOf(text, "Europe/Paris")).toBeNull();
});
