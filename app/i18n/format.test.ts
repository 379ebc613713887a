import { describe, expect, it } from "vitest";

import { formatFor } from "./format.ts";

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, " ");
const paris = formatFor("fr", "Europe/Paris");
const london = formatFor("en", "Europe/London");
const now = Date.UTC(2026, 10, 21, 9, 0);
const before = (ms: number) => now - ms;
const HOUR = 3_600_000;

describe("formats", () => {
  it("write times in the tenant's zone, across daylight saving", () => {
    expect(paris.time(Date.UTC(2026, 6, 1, 7, 5))).toBe("09:05");
    expect(paris.time(Date.UTC(2026, 10, 21, 7, 5))).toBe("08:05");
    expect(london.dateTime(now)).toBe("21 Nov 2026, 09:00");
    expect(paris.preciseTime(now + 12_112)).toBe("10:00:12.112");
  });

  it("choose the shortest clear day", () => {
    expect(paris.day(before(HOUR), now)).toBe("09:00");
    expect(paris.day(before(24 * HOUR), now)).toBe("hier");
    expect(plain(paris.day(before(9 * 24 * HOUR), now))).toBe("12 nov.");
    expect(plain(paris.day(before(400 * 24 * HOUR), now))).toMatch(/oct\. 2025$/);
  });

  it("count days by the calendar, not by 24 hours", () => {
    const lateYesterday = Date.UTC(2026, 10, 20, 22, 30);
    expect(paris.day(lateYesterday, Date.UTC(2026, 10, 20, 23, 30))).toBe("hier");
  });

  it("say how long ago and how long until", () => {
    expect(plain(paris.relative(before(2 * 60_000), now))).toBe("il y a 2 min");
    expect(plain(paris.relative(now + 3 * HOUR, now))).toBe("dans 3 h");
    expect(plain(london.relative(before(1000), now))).toBe("now");
    expect(plain(paris.age(before(50 * 60_000), now))).toBe("50 min");
    expect(plain(paris.age(before(75 * HOUR), now))).toBe("3j");
  });

  it("write money, durations, bytes and phones", () => {
    expect(plain(paris.money(8900, "EUR"))).toBe("89,00 €");
    expect(plain(london.money(1500, "JPY"))).toContain("1,500");
    expect(plain(paris.duration(340))).toBe("340 ms");
    expect(plain(paris.duration(1_240))).toBe("1,2 s");
    expect(plain(paris.duration(724_000))).toBe("12 min 4 s");
    expect(plain(paris.bytes(612))).toMatch(/^612 (o|octets)$/);
    expect(paris.phone("+33612345678")).toBe("+33 6 12 34 56 78");
    expect(paris.phone("+2348012345678")).toBe("+2348012345678");
  });
});
