import fc from "fast-check";
import { expect, it } from "vitest";
import { cpuMs } from "#server/core/testing-cost.ts";
import { busyStretches } from "./busy-stretches.ts";
import { Unreadable } from "./unreadable.ts";

const dayMs = 86_400_000;
const window = { from: Date.parse("2026-11-23T00:00:00Z"), until: Date.parse("2027-11-23T00:00:00Z") };

const calendar = (...lines: string[]) => ["BEGIN:VCALENDAR", "VERSION:2.0", ...lines, "END:VCALENDAR"].join("\r\n");
const event = (...lines: string[]) => ["BEGIN:VEVENT", "UID:one", ...lines, "END:VEVENT"];
const busy = async (text: string, within = window, home = "Europe/Paris") =>
  (await busyStretches(text, home, within)).map((stretch) =>
    stretch.map((at) => new Date(at).toISOString().slice(0, 16)),
  );
const days = (from: string, count: number) => ({ from: Date.parse(from), until: Date.parse(from) + count * dayMs });

it("an event by its zone's clock, in UTC, without a zone, as a whole day, and by how long it lasts", async () => {
  const text = calendar(
    ...event("DTSTART;TZID=America/New_York:20261124T090000", "DTEND;TZID=America/New_York:20261124T100000"),
    ...event("DTSTART:20261125T080000Z", "DTEND:20261125T090000Z"),
    ...event("DTSTART:20261126T090000", "DURATION:PT90M"),
    ...event("DTSTART;VALUE=DATE:20261127"),
    ...event("DTSTART;TZID=/elsewhere.example/Europe/London:20261130T090000", "DURATION:PT1H"),
  );
  expect(await busy(text)).toEqual([
    ["2026-11-24T14:00", "2026-11-24T15:00"],
    ["2026-11-25T08:00", "2026-11-25T09:00"],
    ["2026-11-26T08:00", "2026-11-26T09:30"],
    ["2026-11-26T23:00", "2026-11-27T23:00"],
    ["2026-11-30T09:00", "2026-11-30T10:00"],
  ]);
});

it("a zone that the calendar explains itself", async () => {
  const zone = [
    "BEGIN:VTIMEZONE",
    "TZID:Bureau",
    "BEGIN:STANDARD",
    "DTSTART:16010101T000000",
    "TZOFFSETFROM:+0500",
    "TZOFFSETTO:+0500",
    "END:STANDARD",
    "END:VTIMEZONE",
  ];
  const text = calendar(...zone, ...event("DTSTART;TZID=Bureau:20261124T090000", "DURATION:PT1H"));
  expect(await busy(text)).toEqual([["2026-11-24T04:00", "2026-11-24T05:00"]]);
});

it("what leaves the time free or was cancelled is not busy; what lies together is one stretch", async () => {
  const at = (from: string, until: string) => [`DTSTART:20261124T${from}00Z`, `DTEND:20261124T${until}00Z`];
  const text = calendar(
    ...event(...at("0800", "0900"), "TRANSP:TRANSPARENT"),
    ...event(...at("0900", "1000"), "STATUS:CANCELLED"),
    ...event(...at("1000", "1100"), "X-MICROSOFT-CDO-BUSYSTATUS:FREE"),
    ...event(...at("1900", "2000")).with(1, "UID:01a1c4af-8680-7000-bb15-ed7c3eed3d72@appointments.guichet"),
    ...event(...at("1200", "1300")),
    ...event(...at("1230", "1330")),
    ...event(...at("1330", "1400")),
    "BEGIN:VFREEBUSY",
    "FREEBUSY:20261124T160000Z/PT1H",
    "FREEBUSY;FBTYPE=FREE:20261124T180000Z/PT1H",
    "END:VFREEBUSY",
  );
  expect(await busy(text)).toEqual([
    ["2026-11-24T12:00", "2026-11-24T14:00"],
    ["2026-11-24T16:00", "2026-11-24T17:00"],
  ]);
});

it("a series goes by the wall clock through both changes, without what is left out, and with what was moved", async () => {
  const series = event(
    "DTSTART;TZID=Europe/Paris:20200106T090000",
    "DTEND;TZID=Europe/Paris:20200106T100000",
    "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270412",
    "EXDATE;TZID=Europe/Paris:20270329T090000",
  );
  const moved = event(
    "RECURRENCE-ID;TZID=Europe/Paris:20270405T090000",
    "DTSTART;TZID=Europe/Paris:20270406T140000",
    "DTEND;TZID=Europe/Paris:20270406T150000",
  );
  expect(await busy(calendar(...series, ...moved), days("2027-03-20T00:00:00Z", 60))).toEqual([
    ["2027-03-22T08:00", "2027-03-22T09:00"],
    ["2027-04-06T12:00", "2027-04-06T13:00"],
    ["2027-04-12T07:00", "2027-04-12T08:00"],
  ]);
});

it.each([
  ["Europe/Paris", "20271030", 3],
  ["America/New_York", "20270313", 3],
  ["Australia/Lord_Howe", "20270403", 3],
])("whole days of %s end at midnight, through a change of the clocks", async (home, first, count) => {
  const text = calendar(...event(`DTSTART;VALUE=DATE:${first}`, "RRULE:FREQ=DAILY;COUNT=3"));
  const [stretch, ...others] = await busyStretches(text, home, { from: 0, until: Date.parse("2028-01-01") });
  expect(others).toEqual([]);
  const clock = new Intl.DateTimeFormat("sv-SE", { timeZone: home, dateStyle: "short", timeStyle: "short" });
  const until = Date.UTC(Number(first.slice(0, 4)), Number(first.slice(4, 6)) - 1, Number(first.slice(6)) + count);
  expect(stretch!.map((at) => clock.format(at))).toEqual([
    `${first.slice(0, 4)}-${first.slice(4, 6)}-${first.slice(6)} 00:00`,
    `${new Date(until).toISOString().slice(0, 10)} 00:00`,
  ]);
});

const hostileRules = [
  "FREQ=SECONDLY",
  "FREQ=MINUTELY;BYHOUR=25",
  "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=31",
  "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
  "FREQ=DAILY;INTERVAL=0",
  "FREQ=DAILY;INTERVAL=99999999999999",
  "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
  "FREQ=DAILY;COUNT=999999999",
  `FREQ=DAILY;BYMINUTE=${[...Array(60).keys()].join(",")};BYSECOND=${[...Array(60).keys()].join(",")}`,
  "FREQ=MONTHLY;BYSETPOS=99;BYDAY=MO",
  "FREQ=DAILY;UNTIL=99999999",
  "FREQ=",
];

it.each(hostileRules)("a rule without measure costs little: %s", async (rule) => {
  const ruled = calendar(...event("DTSTART:19700101T000000Z", "DURATION:PT1H", `RRULE:${rule}`));
  const began = cpuMs();
  await busyStretches(ruled, "UTC", window);
  expect(cpuMs() - began).toBeLessThan(5_000);
});

it("a well-filled calendar is read in a moment: three hundred series and two thousand events", async () => {
  const series = Array.from({ length: 300 }, (_, n) =>
    event(`DTSTART;TZID=Europe/Paris:202601${10 + (n % 20)}T090000`, "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
  );
  const single = Array.from({ length: 2_000 }, () => event("DTSTART:20261124T080000Z", "DURATION:PT1H"));
  const filled = calendar(...series.flat(), ...single.flat());
  const began = cpuMs();
  expect(await busyStretches(filled, "Europe/Paris", window)).toHaveLength(365);
  expect(cpuMs() - began).toBeLessThan(5_000);
});

it("a calendar of very many events, and one that is none, are refused", async () => {
  const many = calendar(...Array.from({ length: 20_001 }, () => event("DTSTART:20261124T080000Z")).flat());
  await expect(busyStretches(many, "UTC", window)).rejects.toMatchObject({ failure: "too_large" });
  for (const text of ["", "<html><body>Connexion</body></html>", "BEGIN:VCARD\r\nEND:VCARD", "BEGIN:VCALENDAR", "{}"])
    await expect(busyStretches(text, "UTC", window)).rejects.toMatchObject({ failure: "not_a_calendar" });
});

it("whatever is written: nothing but a refusal is thrown, stretches are in order, apart and within the window", async () => {
  const value = fc.oneof(
    fc.constantFrom("20261124T080000Z", "20261124", "20269999T999999", "PT1H", "-P1D", "P99999999D", "TRANSPARENT"),
    fc.constantFrom(...hostileRules.slice(0, 4), "19000101T000000Z", "99991231T235959Z", "20261124T080000Z/PT1H"),
    fc.string({ maxLength: 20 }),
  );
  const name = fc.constantFrom("DTSTART", "DTSTART;VALUE=DATE", "DTSTART;TZID=Europe/Paris", "DTSTART;TZID=Ailleurs");
  const others = fc.constantFrom(
    "DTEND",
    "DURATION",
    "RRULE",
    "EXDATE",
    "RDATE",
    "RECURRENCE-ID",
    "UID",
    "STATUS",
    "X-A",
  );
  const frame = fc.constantFrom("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VTIMEZONE", "BEGIN:VFREEBUSY", "END:VCALENDAR");
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(fc.oneof(name, others), value).map(([key, text]) => `${key}:${text}`) },
    { weight: 1, arbitrary: frame },
    { weight: 1, arbitrary: fc.string({ maxLength: 30 }) },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(line, { maxLength: 6 }), { maxLength: 3 }), async (events) => {
      const text = calendar(...events.flatMap((lines) => event("DTSTART:20261124T080000Z", ...lines)));
      const found = await busyStretches(text, "Europe/Paris", window).catch((error: unknown) => {
        expect(error).toBeInstanceOf(Unreadable);
        return [];
      });
      let last = -Infinity;
      for (const [from, until] of found) {
        expect(from).toBeGreaterThan(last);
        expect(until).toBeGreaterThan(from);
        expect(until).toBeGreaterThan(window.from);
        expect(from).toBeLessThan(window.until);
        last = until;
      }
    }),
    { numRuns: 2_000 },
  );
});
