import { Temporal } from "temporal-polyfill";

export const calendarViews = ["day", "week", "month"] as const;
export type CalendarView = (typeof calendarViews)[number];

/** What the address of the calendar says. Anything it does not know is left out. */
export interface CalendarPage {
  view: CalendarView;
  /** `2026-11-23`: a day of what is shown. */
  day: string;
  /** Whose appointments; without one, everybody's. */
  member: string | undefined;
  /** Midnight to midnight, rather than the hours in which something is. */
  wholeDay: boolean;
}

const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** `today`: the day it is in the zone of the business. */
export function readCalendar(params: URLSearchParams, today: string): CalendarPage {
  const member = params.get("member") ?? "";
  return {
    view: calendarViews.find((known) => known === params.get("view")) ?? "week",
    day: dayIn(params.get("day")) ?? today,
    member: id.test(member) ? member : undefined,
    wholeDay: params.get("hours") === "all",
  };
}

/** A day as addresses write it; null for what is none, or far from any that people plan for. */
export function dayIn(text: string | null): string | null {
  if (!text || !/^20\d\d-\d\d-\d\d$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: "reject" }).toString();
  } catch {
    return null;
  }
}

/** The address of a page of the calendar, its defaults left out. */
export function calendarAddress(page: CalendarPage, change: Partial<CalendarPage> = {}): string {
  const next = { ...page, ...change };
  const params = new URLSearchParams();
  if (next.view !== "week") params.set("view", next.view);
  params.set("day", next.day);
  if (next.member) params.set("member", next.member);
  if (next.wholeDay) params.set("hours", "all");
  return `?${params}`;
}

/** The days that a page shows: one, the week of Monday to Sunday, or the whole weeks of a month. */
export function daysShown({ view, day }: Pick<CalendarPage, "view" | "day">): string[] {
  const date = Temporal.PlainDate.from(day);
  if (view === "day") return [day];
  const first = view === "week" ? date : date.with({ day: 1 });
  const last = view === "week" ? date : date.with({ day: date.daysInMonth });
  const monday = first.subtract({ days: first.dayOfWeek - 1 });
  const sunday = last.add({ days: 7 - last.dayOfWeek });
  const count = monday.until(sunday, { largestUnit: "days" }).days + 1;
  return Array.from({ length: count }, (_, days) => monday.add({ days }).toString());
}

/** The same page a day, a week or a month on or back. */
export function stepped({ view, day }: Pick<CalendarPage, "view" | "day">, by: 1 | -1): string {
  const step = view === "day" ? { days: by } : view === "week" ? { weeks: by } : { months: by };
  return Temporal.PlainDate.from(day).add(step).toString();
}

/** The instants between which days of a zone lie. */
export function boundsOf(days: readonly string[], timeZone: string): { from: Date; until: Date } {
  const start = (day: Temporal.PlainDate) => new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
  return {
    from: start(Temporal.PlainDate.from(days[0]!)),
    until: start(Temporal.PlainDate.from(days.at(-1)!).add({ days: 1 })),
  };
}

/** The day that it is at an instant in a zone. */
export function dayAt(instant: number, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}
