import fc from "fast-check";
import ICAL from "ical.js";
import { expect, it } from "vitest";
import type { CalendarEntry } from "./write-calendar.ts";
import { writeCalendar } from "./write-calendar.ts";

const text = fc.string({ unit: "binary", maxLength: 200 }).map((some) => some.toWellFormed());
const moment = fc.integer({ min: Date.UTC(2000), max: Date.UTC(2100) }).map((at) => new Date(at - (at % 1_000)));
const entry: fc.Arbitrary<CalendarEntry> = fc.record({
  uid: fc.uuid().map((id) => `${id}@appointments.guichet`),
  sequence: fc.nat(1_000),
  title: text,
  startsAt: moment,
  endsAt: moment,
  createdAt: moment,
  changedAt: moment,
  isCancelled: fc.boolean(),
  location: fc.oneof(text, fc.constantFrom("\u0000\u001f\t", "\u007f\u0080\u0085\u009f\u00a0")),
  description: fc.oneof(
    text,
    fc.constantFrom("a;b,c\\d\ne", "BEGIN:VEVENT\r\nEND:VCALENDAR", "é".repeat(80), "😀".repeat(60)),
  ),
  link: fc.oneof(fc.constant(null), fc.webUrl()),
});

it("whatever stands in it: no line is longer than 75 octets, and a reader finds what was written", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 4 }), text, (entries, name) => {
      const written = writeCalendar(entries, name);
      expect(written.endsWith("END:VCALENDAR\r\n")).toBe(true);
      expect(written.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
      for (const line of written.split("\r\n")) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      const read = new ICAL.Component(ICAL.parse(written));
      expect(read.getFirstPropertyValue("x-wr-calname")).toBe(plain(name));
      const found = read.getAllSubcomponents("vevent").map((one) => {
        const event = new ICAL.Event(one);
        return {
          uid: event.uid,
          sequence: event.sequence,
          title: event.summary ?? "",
          startsAt: event.startDate.toJSDate(),
          endsAt: event.endDate.toJSDate(),
          isCancelled: one.getFirstPropertyValue("status") === "CANCELLED",
          location: event.location ?? "",
          description: event.description ?? "",
          link: one.getFirstPropertyValue("url"),
        };
      });
      expect(found).toEqual(
        entries.map(({ createdAt: _, changedAt: __, ...one }) => ({
          ...one,
          title: plain(one.title),
          location: plain(one.location),
          description: plain(one.description),
        })),
      );
    }),
    { numRuns: 1_000 },
  );
});

/** What text of a calendar may hold, written another way than in the program. */
function plain(some: string): string {
  return [...some.replaceAll("\r\n", "\n").replaceAll("\r", "\n")]
    .filter((sign) => sign === "\n" || sign === "\t" || sign >= "\u00a0" || (sign >= " " && sign < "\u007f"))
    .join("");
}
