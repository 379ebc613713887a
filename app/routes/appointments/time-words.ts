import type { Locale } from "#app/i18n/locales.ts";

/** Days and hours of the calendar as people write them, in the zone of the business. */
export interface CalendarFormat {
  /** "lun. 23" */
  weekday(day: string): string;
  /** "lundi 23 novembre 2026" */
  longDay(day: string): string;
  /** "lundi 23 novembre" */
  dayOf(at: Date | number): string;
  /** "novembre 2026" */
  month(day: string): string;
  /** "16 – 22 novembre 2026" */
  span(first: string, last: string): string;
  /** "09:00", of minutes from midnight */
  clock(minutes: number): string;
  /** "lun." */
  weekdayName(day: string): string;
  /** "Europe/Paris (UTC+1)" */
  zone(at: Date | number): string;
}

const made = new Map<string, CalendarFormat>();

/** The formatter of a locale and a zone: building Intl objects is dear, using them is not. */
export function calendarFormat(locale: Locale, timeZone: string): CalendarFormat {
  const key = `${locale} ${timeZone}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = build(locale, timeZone)));
  return format;
}

function build(locale: Locale, timeZone: string): CalendarFormat {
  const tag = locale === "en" ? "en-GB" : "fr-FR";
  // A day is written in UTC: as a day of the calendar it has no zone.
  const days = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(tag, { timeZone: "UTC", ...options });
  const noon = (day: string) => new Date(`${day}T12:00:00Z`);
  const weekdayName = days({ weekday: "short" });
  const weekday = days({ weekday: "short", day: "numeric" });
  const longDay = days({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
  const month = days({ month: "long", year: "numeric" });
  const span = days({ day: "numeric", month: "long", year: "numeric" });
  const dayOf = new Intl.DateTimeFormat(tag, { timeZone, weekday: "long", day: "numeric", month: "long" });
  const offset = new Intl.DateTimeFormat(tag, { timeZone, timeZoneName: "shortOffset" });
  return {
    weekday: (day) => weekday.format(noon(day)),
    longDay: (day) => longDay.format(noon(day)),
    dayOf: (at) => dayOf.format(at),
    month: (day) => month.format(noon(day)),
    // The spaces around the dash are not the same in every edition of the Unicode data.
    span: (first, last) => span.formatRange(noon(first), noon(last)).replace(/\s*–\s*/u, " – "),
    clock: (minutes) => [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, "0")).join(":"),
    weekdayName: (day) => weekdayName.format(noon(day)),
    zone(at) {
      const name = offset.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value;
      return `${timeZone.replaceAll("_", " ")} (${name})`;
    },
  };
}
