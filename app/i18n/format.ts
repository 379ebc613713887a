import type { Locale } from "./locales.ts";

export type Moment = Date | string | number;

/** Words for times, numbers, money and phones in one locale and one time zone. */
export interface Format {
  readonly locale: Locale;
  readonly timeZone: string;
  /** "21 nov. 2026" */
  date(at: Moment): string;
  /** "09:40" */
  time(at: Moment): string;
  /** "09:40:12.112", for logs */
  preciseTime(at: Moment): string;
  /** "21 nov. 2026, 09:40" */
  dateTime(at: Moment): string;
  /** "samedi 21 novembre 2026 à 09:40:12 UTC+1", zone named */
  full(at: Moment): string;
  /** The shortest that is clear on `now`'s day: "09:40", "hier", "12 nov.", "12 nov. 2025". */
  day(at: Moment, now: Moment): string;
  /** "il y a 2 min", "dans 3 h", "hier" */
  relative(at: Moment, now: Moment): string;
  /** An age or a wait without direction: "2 min", "3 h", "5 j" */
  age(at: Moment, now: Moment): string;
  number(value: number, options?: { digits?: number; compact?: boolean }): string;
  /** A ratio from 0 to 1: "99,98 %" */
  percent(ratio: number, digits?: number): string;
  /** Integer cents and an ISO 4217 currency. */
  money(cents: number, currency: string): string;
  /** Milliseconds: "340 ms", "1,2 s", "12 min 4 s", "2 h 10 min" */
  duration(ms: number): string;
  /** E.164 in groups: "+33 6 12 34 56 78" */
  phone(e164: string): string;
  /** Bytes: "612 o" / "612 B", "4,1 ko" / "4.1 kB" */
  bytes(count: number): string;
  /** "rouge, vert et bleu" */
  list(words: readonly string[]): string;
}

/** A count that the server stops after a thousand: "38", "1 000+". */
export function capped(count: number, format: Format): string {
  return count > 1000 ? `${format.number(1000)}+` : format.number(count);
}

const made = new Map<string, Format>();

/** The one formatter of a locale and zone: building Intl objects is dear, using them is not. */
export function formatFor(locale: Locale, timeZone: string): Format {
  const key = `${locale} ${timeZone}`;
  let format = made.get(key);
  if (!format) made.set(key, (format = build(locale, timeZone)));
  return format;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function build(locale: Locale, timeZone: string): Format {
  const tag = locale === "en" ? "en-GB" : "fr-FR";
  const lazily = <T>(create: () => T) => {
    let value: T | undefined;
    return () => (value ??= create());
  };
  const times = (options: Intl.DateTimeFormatOptions) =>
    lazily(() => new Intl.DateTimeFormat(tag, { timeZone, ...options }));
  const date = times({ day: "numeric", month: "short", year: "numeric" });
  const shortDate = times({ day: "numeric", month: "short" });
  const time = times({ hour: "2-digit", minute: "2-digit" });
  const precise = times({
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  });
  const full = times({
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  });
  // Sortable in any locale: compares calendar days of the zone.
  const calendar = lazily(
    () => new Intl.DateTimeFormat("en-CA", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" }),
  );
  const relative = lazily(() => new Intl.RelativeTimeFormat(tag, { numeric: "auto", style: "short" }));
  const units = new Map<string, Intl.NumberFormat>();
  const unit = (value: number, name: string, digits = 0) => {
    const key = `${name} ${digits}`;
    let format = units.get(key);
    if (!format) {
      format = new Intl.NumberFormat(tag, {
        style: "unit",
        unit: name,
        unitDisplay: name === "day" ? "narrow" : "short",
        maximumFractionDigits: digits,
      });
      units.set(key, format);
    }
    return format.format(value);
  };
  const numbers = new Map<string, Intl.NumberFormat>();
  const number = (value: number, options: Intl.NumberFormatOptions) => {
    const key = JSON.stringify(options);
    let format = numbers.get(key);
    if (!format) numbers.set(key, (format = new Intl.NumberFormat(tag, options)));
    return format.format(value);
  };
  const list = lazily(() => new Intl.ListFormat(tag));
  const ms = (at: Moment) => (typeof at === "number" ? at : new Date(at).getTime());
  const dayNumber = (at: Moment) => Date.parse(calendar().format(ms(at))) / DAY;

  return {
    locale,
    timeZone,
    date: (at) => date().format(ms(at)),
    time: (at) => time().format(ms(at)),
    preciseTime: (at) => precise().format(ms(at)).replace(",", "."),
    dateTime: (at) => `${date().format(ms(at))}, ${time().format(ms(at))}`,
    full: (at) => full().format(ms(at)),
    day(at, now) {
      const days = dayNumber(at) - dayNumber(now);
      if (days === 0) return time().format(ms(at));
      if (days === -1 || days === 1) return relative().format(days, "day");
      return Math.abs(days) < 300 ? shortDate().format(ms(at)) : date().format(ms(at));
    },
    relative(at, now) {
      const diff = ms(at) - ms(now);
      const size = Math.abs(diff);
      if (size < 45 * SECOND) return relative().format(0, "second");
      if (size < HOUR) return relative().format(Math.round(diff / MINUTE), "minute");
      if (size < DAY) return relative().format(Math.round(diff / HOUR), "hour");
      if (size < 7 * DAY) return relative().format(dayNumber(at) - dayNumber(now), "day");
      return size < 300 * DAY ? shortDate().format(ms(at)) : date().format(ms(at));
    },
    age(at, now) {
      const size = Math.abs(ms(now) - ms(at));
      if (size < MINUTE) return unit(Math.max(1, Math.floor(size / SECOND)), "second");
      if (size < HOUR) return unit(Math.floor(size / MINUTE), "minute");
      if (size < 2 * DAY) return unit(Math.floor(size / HOUR), "hour");
      return unit(Math.floor(size / DAY), "day");
    },
    number: (value, { digits, compact } = {}) =>
      number(value, {
        ...(digits === undefined ? {} : { maximumFractionDigits: digits }),
        ...(compact ? { notation: "compact" } : {}),
      }),
    percent: (ratio, digits = 0) => number(ratio, { style: "percent", maximumFractionDigits: digits }),
    money: (cents, currency) => {
      const options = { style: "currency", currency } as const;
      const { maximumFractionDigits = 2 } = new Intl.NumberFormat(tag, options).resolvedOptions();
      return number(cents / 10 ** maximumFractionDigits, options);
    },
    duration(value) {
      if (value < SECOND) return unit(value, "millisecond", value < 10 ? 1 : 0);
      if (value < MINUTE) return unit(value / SECOND, "second", 1);
      const [big, small, size] =
        value < HOUR ? (["minute", "second", MINUTE] as const) : (["hour", "minute", HOUR] as const);
      const rest = Math.floor((value % size) / (size / 60));
      return unit(Math.floor(value / size), big) + (rest ? ` ${unit(rest, small)}` : "");
    },
    phone: phoneInGroups,
    bytes(count) {
      if (count < 1000) return unit(count, "byte");
      if (count < 1_000_000) return unit(count / 1000, "kilobyte", 1);
      return unit(count / 1_000_000, "megabyte", 1);
    },
    list: (words) => list().format(words),
  };
}

/** E.164 in the groups of its country where they are known: "+33 6 12 34 56 78". */
export function phoneInGroups(e164: string): string {
  const groups =
    e164.match(/^(\+33)(\d)(\d\d)(\d\d)(\d\d)(\d\d)$/) ??
    e164.match(/^(\+1)(\d{3})(\d{3})(\d{4})$/) ??
    e164.match(/^(\+44)(7\d{3})(\d{6})$/) ??
    e164.match(/^(\+44)(20)(\d{4})(\d{4})$/) ??
    e164.match(/^(\+(?:32|41|44|49|34|39|352))(\d{3})(\d{3})(\d{2,4})$/);
  return groups ? groups.slice(1).join(" ") : e164;
}
