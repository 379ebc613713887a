import { Temporal } from "temporal-polyfill";

/** How much of a day one row of the calendar is, in minutes. */
export const rowMinutes = 30;
const rowMs = rowMinutes * 60_000;

/** A row of the calendar, by what the clock on the wall shows. */
export interface AxisRow {
  /** From midnight, by the wall clock. */
  minutes: number;
  /** The clock shows this time for the second time: it was put back. */
  again: boolean;
}

/** The rows of several days side by side, and when each begins on each day. */
export interface Axis {
  rows: AxisRow[];
  days: { day: string; starts: Starts }[];
}

/** The instant at which each row begins, in milliseconds since 1970; null where the day's clock never shows it. */
export type Starts = readonly (number | null)[];

/**
 * The rows between two hours that days of a zone have together. A day of 25 hours brings rows that the others lack, a day of
 * 23 lacks some: each instant has one place, and each place at most one instant.
 */
export function axisOf(days: readonly string[], timeZone: string, hours: { from: number; to: number }): Axis {
  const rowsOfDays = days.map((day) => rowsOf(day, timeZone));
  const all = new Map<string, AxisRow>();
  for (let minutes = 0; minutes < 1_440; minutes += rowMinutes)
    all.set(keyOf({ minutes, again: false }), { minutes, again: false });
  const order = [...all.keys()];
  for (const rows of rowsOfDays)
    for (const [place, row] of rows.entries()) {
      const key = keyOf(row);
      if (all.has(key)) continue;
      all.set(key, { minutes: row.minutes, again: row.again });
      order.splice(order.indexOf(keyOf(rows[place - 1]!)) + 1, 0, key);
    }
  const shown = order.filter((key) => {
    const { minutes } = all.get(key)!;
    return minutes >= hours.from * 60 && minutes < hours.to * 60;
  });
  return {
    rows: shown.map((key) => all.get(key)!),
    days: days.map((day, at) => {
      const starts = new Map(rowsOfDays[at]!.map((row) => [keyOf(row), row.start]));
      return { day, starts: shown.map((key) => starts.get(key) ?? null) };
    }),
  };
}

const keyOf = ({ minutes, again }: AxisRow) => `${minutes}${again ? "'" : ""}`;

function rowsOf(day: string, timeZone: string): (AxisRow & { start: number })[] {
  const date = Temporal.PlainDate.from(day);
  const end = date.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds;
  const rows: (AxisRow & { start: number })[] = [];
  const seen = new Set<number>();
  for (let start = date.toZonedDateTime(timeZone).epochMilliseconds; start < end; start += rowMs) {
    const { hour, minute } = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(timeZone);
    const minutes = hour * 60 + minute;
    rows.push({ minutes, again: seen.has(minutes), start });
    seen.add(minutes);
  }
  return rows;
}

/** Where an instant stands among the rows, in rows from the top; at an edge where it lies outside of them. */
export function placeOf(starts: Starts, at: number): number {
  let after = 0;
  for (const [row, start] of starts.entries()) {
    if (start === null) continue;
    if (at < start) return after;
    if (at < start + rowMs) return row + (at - start) / rowMs;
    after = row + 1;
  }
  return after;
}

/** The instant behind a place, at the nearest step before it; null where the day has none. */
export function instantAt(starts: Starts, place: number, stepMinutes = 15): number | null {
  const row = Math.floor(place);
  const start = starts[row];
  if (start === null || start === undefined) return null;
  const step = stepMinutes * 60_000;
  return start + Math.floor(((place - row) * rowMs) / step + 1e-6) * step;
}

/** From the hour of the first thing to show to that of the last, and never less than a usual working day. */
export function hoursAround(
  spans: readonly { startsAt: Date; endsAt: Date }[],
  timeZone: string,
  usual = { from: 8, to: 19 },
): { from: number; to: number } {
  let { from, to } = usual;
  for (const { startsAt, endsAt } of spans) {
    const [begins, ends] = [startsAt, endsAt].map((at) =>
      Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone),
    ) as [Temporal.ZonedDateTime, Temporal.ZonedDateTime];
    if (!begins.toPlainDate().equals(ends.toPlainDate())) {
      from = ends.hour + ends.minute > 0 ? 0 : Math.min(from, begins.hour);
      to = 24;
      continue;
    }
    from = Math.min(from, begins.hour);
    to = Math.max(to, ends.hour + (ends.minute > 0 ? 1 : 0));
  }
  return { from, to };
}
