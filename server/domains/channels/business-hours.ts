import { Temporal } from "temporal-polyfill";
import type { BusinessHours } from "#db/schema/channels.ts";

type Weekday = keyof BusinessHours["days"];

/** Whether a counter with these hours is open at an instant, by the wall clock of its zone. Without hours it always is. */
export function isOpenAt(hours: BusinessHours | null, zone: string, instant: Date): boolean {
  if (!hours) return true;
  const local = inZone(instant, zone);
  const time = local.toPlainTime().toString({ smallestUnit: "minute" });
  return spansOf(hours, local.toPlainDate()).some(({ from, to }) => from <= time && time < to);
}

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** A counter that opens again does so within this; what takes longer is never due. */
const mostDays = 400;

/**
 * The first instant, this one included, at which the counter is open; null when it never opens within
 * {@link mostDays}. Where the clock is set on or back, an hour that is skipped opens at the change, and
 * one that comes twice opens twice.
 */
export function nextOpening(hours: BusinessHours, zone: string, instant: Date): Date | null {
  for (const [start] of openSpans(hours, zone, instant.getTime())) return new Date(start);
  return null;
}

/**
 * The instant by which a counter has been open for so many milliseconds since another; null when that takes
 * longer than {@link mostDays}. Nothing to wait for (zero or less) is over at once.
 */
export function addBusinessTime(hours: BusinessHours, zone: string, from: Date, milliseconds: number): Date | null {
  if (milliseconds <= 0) return from;
  let left = milliseconds;
  for (const [start, end] of openSpans(hours, zone, from.getTime())) {
    if (left <= end - start) return new Date(start + left);
    left -= end - start;
  }
  return null;
}

/** Milliseconds during which a counter is open between two instants; 0 when they stand the other way round. */
export function businessTimeBetween(hours: BusinessHours, zone: string, from: Date, to: Date): number {
  let total = 0;
  for (const [start, end] of openSpans(hours, zone, from.getTime(), to.getTime())) total += end - start;
  return total;
}

/** When a counter is open, as [from, to) in milliseconds since 1970, in order: hours that are skipped are never open, hours that come twice are open twice. */
function* openSpans(
  hours: BusinessHours,
  zone: string,
  from: number,
  to: number = from + mostDays * dayMs,
): Generator<[from: number, to: number]> {
  for (const { day, ...stretch } of evenDays(zone, from, to)) {
    for (const span of minutesOf(spansOf(hours, day))) {
      const start = Math.max(stretch.midnight + span.from * minuteMs, stretch.from);
      const end = Math.min(stretch.midnight + span.to * minuteMs, stretch.until);
      if (start < end) yield [start, end];
    }
  }
}

/** A day, or the part of one, in which the wall clock runs evenly. Milliseconds since 1970. */
export interface EvenDay {
  day: Temporal.PlainDate;
  /** When the day would begin by the clock of this part. */
  midnight: number;
  /** The part itself reaches no further than this. */
  from: number;
  until: number;
}

/**
 * The days of a zone between two instants, in order. Between two changes of the clock the wall clock runs evenly, so that
 * each part is plain arithmetic; a day on which it changes comes once for each side.
 */
export function* evenDays(zone: string, from: number, to: number): Generator<EvenDay> {
  for (let at = from; at < to;) {
    const local = inZone(new Date(at), zone);
    const until = Math.min(local.getTimeZoneTransition("next")?.epochMilliseconds ?? to, to);
    const offset = local.offsetNanoseconds / 1e6;
    for (let day = Math.floor((at + offset) / dayMs); day * dayMs - offset < until; day++) {
      yield { day: dateOf(day), midnight: day * dayMs - offset, from: at, until };
    }
    at = until;
  }
}

/** The date that lies so many days after 1 January 1970. */
function dateOf(day: number): Temporal.PlainDate {
  const date = new Date(day * dayMs);
  return new Temporal.PlainDate(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate());
}

/** Spans as minutes of the day, in order; those that touch or overlap are one. */
export function minutesOf(spans: readonly { from: string; to: string }[]): { from: number; to: number }[] {
  const minute = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const sorted = spans
    .map(({ from, to }) => ({ from: minute(from), to: minute(to) }))
    .toSorted((a, b) => a.from - b.from);
  const joined: { from: number; to: number }[] = [];
  for (const span of sorted) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push(span);
  }
  return joined;
}

function spansOf(hours: BusinessHours, date: Temporal.PlainDate): { from: string; to: string }[] {
  if (hours.closed.includes(date.toString())) return [];
  return hours.days[String(date.dayOfWeek) as Weekday] ?? [];
}

function inZone(instant: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
}
