import { Temporal } from "temporal-polyfill";

/** Days that were named, or the sentence that has to be asked because they could be others. */
export type SpokenDays = { from: Temporal.PlainDate; days: number } | { ask: DayQuestion };

/** What is not clear about a day. */
export type DayQuestion =
  /** It could be either. */
  | { kind: "which"; days: [Temporal.PlainDate, Temporal.PlainDate] }
  /** That date is another day of the week. */
  | { kind: "weekday_differs"; days: [Temporal.PlainDate, Temporal.PlainDate] }
  /** There is no such date. */
  | { kind: "no_such_date" };

/** A way to name days. */
export interface DayRule {
  pattern: RegExp;
  day(match: string[], today: Temporal.PlainDate): SpokenDays;
}

export const oneDay = (from: Temporal.PlainDate): SpokenDays => ({ from, days: 1 });
export const inDays = (today: Temporal.PlainDate, days: number): SpokenDays => oneDay(today.add({ days }));
export const weekOf = (date: Temporal.PlainDate): Temporal.PlainDate => date.subtract({ days: date.dayOfWeek - 1 });

/** The weekday (1 Monday to 7) of a week that a date lies in. */
export const inWeekOf = (date: Temporal.PlainDate, weekday: number): SpokenDays => inDays(weekOf(date), weekday - 1);

/** The next such weekday after today, at most seven days away. */
export function coming(today: Temporal.PlainDate, weekday: number): Temporal.PlainDate {
  return today.add({ days: ((weekday - today.dayOfWeek + 6) % 7) + 1 });
}

/** A weekday by its name alone: on that very day it could be today. */
export function weekdayAlone(today: Temporal.PlainDate, weekday: number): SpokenDays {
  const next = coming(today, weekday);
  return today.dayOfWeek === weekday ? { ask: { kind: "which", days: [today, next] } } : oneDay(next);
}

/** A date of the calendar, the next there is where no year is said. `weekday`: the one that was said with it. */
export function calendarDate(
  today: Temporal.PlainDate,
  { day, month, year, weekday }: { day: number; month: number; year?: number; weekday?: number },
): SpokenDays {
  const date = year === undefined ? nextDate(today, month, day) : dateOf(year, month, day);
  if (!date) return { ask: { kind: "no_such_date" } };
  if (weekday === undefined || date.dayOfWeek === weekday) return oneDay(date);
  const near = date.add({ days: ((weekday - date.dayOfWeek + 10) % 7) - 3 });
  const meant = Temporal.PlainDate.compare(near, today) < 0 ? coming(today, weekday) : near;
  return { ask: { kind: "weekday_differs", days: [date, meant] } };
}

/** Leap days come within eight years. */
export function nextDate(today: Temporal.PlainDate, month: number, day: number): Temporal.PlainDate | null {
  for (let year = today.year; year <= today.year + 8; year++) {
    const date = dateOf(year, month, day);
    if (date && Temporal.PlainDate.compare(date, today) >= 0) return date;
  }
  return null;
}

/** The next date with this day of the month, and on this weekday where one was said with it. */
export function dayOfMonth(today: Temporal.PlainDate, day: number, weekday?: number): SpokenDays {
  let first: Temporal.PlainDate | null = null;
  for (let months = 0; months <= 12; months++) {
    const { year, month } = today.toPlainYearMonth().add({ months });
    const date = dateOf(year, month, day);
    if (!date || Temporal.PlainDate.compare(date, today) < 0) continue;
    first ??= date;
    // Nobody who says « mardi 24 » means one a year away.
    if (months <= 2 && (weekday === undefined || date.dayOfWeek === weekday)) return oneDay(date);
  }
  if (!first) return { ask: { kind: "no_such_date" } };
  return { ask: { kind: "weekday_differs", days: [first, coming(today, weekday ?? first.dayOfWeek)] } };
}

function dateOf(year: number, month: number, day: number): Temporal.PlainDate | null {
  if (year < 1_900 || year > 2_200 || month < 1 || month > 12 || day < 1 || day > 31) return null;
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : null;
}
