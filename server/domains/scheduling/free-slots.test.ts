import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MemberTime, SlotRules } from "./free-slots.ts";
import { freeSlots } from "./free-slots.ts";
import type { WorkingWeek } from "./working-time.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;

/** Three days around each change of the clock of 2026, by half an hour in one of the zones, and none. */
const changes = [
  { zone: "Europe/Paris", day: "2026-03-29" },
  { zone: "Europe/Paris", day: "2026-10-25" },
  { zone: "America/New_York", day: "2026-03-08" },
  { zone: "America/New_York", day: "2026-11-01" },
  { zone: "Australia/Lord_Howe", day: "2026-04-05" },
  { zone: "Australia/Lord_Howe", day: "2026-10-04" },
  { zone: "Europe/Paris", day: "2026-06-10" },
];

interface WallMinute {
  day: string;
  weekday: string;
  minute: number;
}

const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const walls = new Map<string, Map<number, WallMinute>>();

/** What the clock on the wall shows, by another library than the program's. */
function wallAt(zone: string, at: number): WallMinute {
  const ofZone = walls.get(zone) ?? new Map<number, WallMinute>();
  walls.set(zone, ofZone);
  const known = ofZone.get(at);
  if (known) return known;
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const wall = {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    weekday: String(weekdays.indexOf(parts.weekday!) + 1),
    minute: Number(parts.hour) * 60 + Number(parts.minute),
  };
  ofZone.set(at, wall);
  return wall;
}

const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
  const made =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat("en-GB", { timeZone, weekday: "short", hourCycle: "h23", ...options });
  formats.set(timeZone, made);
  return made;
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** The minutes of a wall's day that are worked, and of each the one with which its stretch began. */
function minutesOfDay({ days, exceptions }: WorkingWeek, { day, weekday }: WallMinute): (number | null)[] {
  const spans = exceptions.get(day) ?? days[weekday as "1"] ?? [];
  const begins: (number | null)[] = Array.from({ length: 1_440 }, () => null);
  for (let minute = 0; minute < 1_440; minute++) {
    if (spans.some(({ from, to }) => minuteOf(from) <= minute && minute < minuteOf(to)))
      begins[minute] = begins[minute - 1] ?? minute;
  }
  return begins;
}

/** Slots by looking at every minute, and for each at every minute of the appointment. */
function slowly(rules: SlotRules, members: readonly MemberTime[], span: { from: number; until: number; now: number }) {
  const people = members.map((member) => ({ userId: member.userId, seatsAt: lookAt(rules, member) }));
  const found: { startsAt: number; userIds: string[]; seats: number }[] = [];
  for (let at = span.from; at < span.until; at += minuteMs) {
    if (at < span.now + rules.minimumNoticeMinutes * minuteMs || at > span.now + rules.horizonDays * dayMs) continue;
    const free = people.map(({ userId, seatsAt }) => ({ userId, seats: seatsAt(at) })).filter(({ seats }) => seats > 0);
    if (free.length === 0) continue;
    const seats = Math.max(...free.map((one) => one.seats));
    found.push({ startsAt: at, userIds: free.map(({ userId }) => userId), seats });
  }
  return found;
}

function lookAt(rules: SlotRules, { week, off, taken }: MemberTime): (at: number) => number {
  const known = new Map<string, (number | null)[]>();
  const begunAt = (at: number): number | null => {
    const wall = wallAt(week.zone, at);
    const minutes = known.get(wall.day) ?? minutesOfDay(week, wall);
    known.set(wall.day, minutes);
    return minutes[wall.minute]!;
  };
  return (at) => {
    const begins = begunAt(at);
    if (begins === null || (wallAt(week.zone, at).minute - begins) % rules.slotStepMinutes !== 0) return 0;
    const end = at + rules.durationMinutes * minuteMs;
    for (let minute = at; minute < end; minute += minuteMs) {
      if (begunAt(minute) === null) return 0;
      if (off.some(([from, until]) => from < minute + minuteMs && minute < until)) return 0;
    }
    const [from, until] = [at - rules.bufferBeforeMinutes * minuteMs, end + rules.bufferAfterMinutes * minuteMs];
    const met = taken.filter((seat) => seat.blockedFrom < until && from < seat.blockedUntil);
    if (met.some((seat) => seat.serviceId !== rules.serviceId || seat.startsAt !== at)) return 0;
    return Math.max(0, rules.capacity - met.length);
  };
}

const fives = (least: number, most: number) =>
  fc.integer({ min: least / 5, max: most / 5 }).map((number) => number * 5);
const clock = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
const span = fc
  .tuple(fives(0, 1_435), fives(30, 900))
  .map(([from, length]) => ({ from: clock(from), to: clock(Math.min(from + length, 1_440)) }));
const spans = fc.array(span, { maxLength: 3 });
const days = fc.record({ "1": spans, "2": spans, "3": spans, "4": spans, "5": spans, "6": spans, "7": spans });

const rules: fc.Arbitrary<SlotRules> = fc.record({
  serviceId: fc.constant("own"),
  durationMinutes: fives(5, 180),
  bufferBeforeMinutes: fives(0, 30),
  bufferAfterMinutes: fives(0, 30),
  capacity: fc.integer({ min: 1, max: 3 }),
  minimumNoticeMinutes: fc.constantFrom(0, 0, 120),
  horizonDays: fc.constantFrom(1, 60, 60),
  slotStepMinutes: fc.constantFrom(5, 10, 15, 20, 30, 45, 60, 90),
});

const question = fc.constantFrom(...changes).chain(({ zone, day }) => {
  const from = Date.parse(`${day}T00:00:00Z`) - dayMs;
  const until = from + 3 * dayMs;
  const instant = fc.integer({ min: 0, max: 3 * 288 }).map((fivesOn) => from + fivesOn * 5 * minuteMs);
  const stretch = fc.tuple(instant, fives(5, 600)).map(([at, minutes]) => [at, at + minutes * minuteMs] as const);
  const seat = fc
    .tuple(instant, fives(5, 120), fives(0, 30), fc.constantFrom("own", "own", "other"))
    .map(([startsAt, minutes, buffer, serviceId]) => ({
      serviceId,
      startsAt,
      blockedFrom: startsAt - buffer * minuteMs,
      blockedUntil: startsAt + (minutes + buffer) * minuteMs,
    }));
  const member = fc.record({
    // Most work where the business is; one may live elsewhere.
    zone: fc.constantFrom(zone, zone, zone, "America/New_York"),
    days,
    exceptions: fc.array(
      fc.tuple(fc.constantFrom(day, `${day.slice(0, 8)}${String(Number(day.slice(8)) + 1).padStart(2, "0")}`), spans),
      { maxLength: 2 },
    ),
    off: fc.array(stretch, { maxLength: 2 }),
    taken: fc.array(seat, { maxLength: 8 }),
  });
  return fc.record({
    rules,
    from: fc.constant(from),
    until: fc.constant(until),
    now: instant,
    members: fc.array(member, { minLength: 1, maxLength: 2 }),
  });
});

describe("free slots", () => {
  test("are those that a look at every minute finds, through every change of the clock", () => {
    let found = 0;
    fc.assert(
      fc.property(question, ({ rules: asked, from, until, now, members }) => {
        const people: MemberTime[] = members.map(({ zone, days: week, exceptions, off, taken }, index) => ({
          userId: `member ${index}`,
          week: { zone, days: week, exceptions: new Map(exceptions) },
          off: off.toSorted((a, b) => a[0] - b[0]),
          taken: taken.toSorted((a, b) => a.blockedFrom - b.blockedFrom),
        }));
        const fast = freeSlots(asked, people, { from, until, now }).map(({ startsAt, endsAt, userIds, seats }) => {
          expect(endsAt.getTime() - startsAt.getTime()).toBe(asked.durationMinutes * minuteMs);
          return { startsAt: startsAt.getTime(), userIds, seats };
        });
        found += fast.length;
        expect(fast).toEqual(slowly(asked, people, { from, until, now }));
      }),
      { numRuns: 400 },
    );
    // A property over nothing would hold as well.
    expect(found).toBeGreaterThan(2_000);
  });
});

const everyDay = (from: string, to: string): WorkingWeek["days"] =>
  Object.fromEntries(["1", "2", "3", "4", "5", "6", "7"].map((day) => [day, [{ from, to }]]));
const half: SlotRules = {
  serviceId: "own",
  durationMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  capacity: 1,
  minimumNoticeMinutes: 0,
  horizonDays: 60,
  slotStepMinutes: 30,
};

test.each([
  ["Europe/Paris", "2026-03-29", "00:30", "04:00", ["00:30", "01:00", "01:30", "03:00", "03:30"]],
  ["Europe/Paris", "2026-10-25", "02:00", "03:00", ["02:00", "02:30", "02:00", "02:30"]],
  ["America/New_York", "2026-11-01", "00:30", "02:00", ["00:30", "01:00", "01:30", "01:00", "01:30"]],
  ["Australia/Lord_Howe", "2026-10-04", "01:30", "03:30", ["01:30", "02:30", "03:00"]],
  ["Australia/Lord_Howe", "2026-04-05", "01:00", "02:00", ["01:00", "01:30", "01:30"]],
])("what %s offers on %s is what the wall shows", (zone, day, from, to, times) => {
  const week = { zone, days: {}, exceptions: new Map([[day, [{ from, to }]]]) };
  const start = Date.parse(`${day}T00:00:00Z`) - dayMs;
  const span = { from: start, until: start + 3 * dayMs, now: start };
  const slots = freeSlots(half, [{ userId: "x", week, off: [], taken: [] }], span);
  expect(slots.map(({ startsAt }) => clock(wallAt(zone, startsAt.getTime()).minute))).toEqual(times);
});

test("a group shares its hour until it is full; nobody joins it for something else", () => {
  const from = Date.parse("2026-06-10T08:00:00Z");
  const week = { zone: "UTC", days: everyDay("08:00", "09:00"), exceptions: new Map() };
  const seat = { serviceId: "own", startsAt: from, blockedFrom: from, blockedUntil: from + 30 * minuteMs };
  const seats = (capacity: number, taken: number, serviceId = "own") => {
    const member = { userId: "x", week, off: [], taken: Array.from({ length: taken }, () => ({ ...seat, serviceId })) };
    const [first] = freeSlots({ ...half, capacity }, [member], { from, until: from + 1, now: from });
    return first?.seats ?? 0;
  };
  expect([seats(3, 0), seats(3, 1), seats(3, 2), seats(3, 3), seats(3, 4), seats(3, 1, "other")]).toEqual([
    3, 2, 1, 0, 0, 0,
  ]);
});
