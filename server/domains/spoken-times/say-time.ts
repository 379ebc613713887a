import { Temporal } from "temporal-polyfill";
import { nextDate } from "./day.ts";
import { englishMonths, englishWeekdays } from "./english-words.ts";
import { frenchCount } from "./french-numbers.ts";
import { frenchMonths, frenchWeekdays } from "./french-words.ts";
import type { Language } from "./words.ts";

/** By whose clock and in which language times are said. */
export interface Speaking {
  /** IANA zone. */
  zone: string;
  language: Language;
  now: Date;
}

/** « mardi 24 novembre à quatorze heures trente », "Tuesday, November 24 at 2:30 pm". Said back to us it is the same minute. */
export function sayTime(at: Date, speaking: Speaking): string {
  const local = inZone(at, speaking.zone);
  return `${sayDay(local.toPlainDate(), speaking)} ${saidAt(local, speaking.language)}`;
}

/** Times in their order, each day said once: « mardi 24 novembre à neuf heures, à dix heures ou à midi ». */
export function sayTimes(times: readonly Date[], speaking: Speaking): string {
  const or = speaking.language === "fr" ? "ou" : "or";
  const days = new Map<string, string[]>();
  for (const local of times.map((at) => inZone(at, speaking.zone))) {
    const day = sayDay(local.toPlainDate(), speaking);
    days.set(day, [...(days.get(day) ?? []), saidAt(local, speaking.language)]);
  }
  const said = [...days].map(([day, clocks]) => `${day} ${listed(clocks, or)}`);
  return listed(said, or);
}

/** « mardi 24 novembre », with its year where the next such date is another. */
export function sayDay(date: Temporal.PlainDate, { zone, language, now }: Speaking): string {
  const today = inZone(now, zone).toPlainDate();
  const isNext = nextDate(today, date.month, date.day)?.equals(date) ?? false;
  if (language === "fr") {
    const day = date.day === 1 ? "1er" : String(date.day);
    return `${frenchWeekdays[date.dayOfWeek - 1]!} ${day} ${frenchMonths[date.month - 1]!}${isNext ? "" : ` ${date.year}`}`;
  }
  const year = isNext ? "" : `, ${date.year}`;
  return `${englishWeekdays[date.dayOfWeek - 1]!}, ${englishMonths[date.month - 1]!} ${date.day}${year}`;
}

/** The clock as it is said: « quatorze heures trente », "2:30 pm". */
export function sayClock({ hour, minute }: { hour: number; minute: number }, language: Language): string {
  if (language === "en") {
    if (minute === 0 && hour % 12 === 0) return hour === 0 ? "midnight" : "noon";
    const minutes = minute === 0 ? "" : `:${String(minute).padStart(2, "0")}`;
    return `${hour % 12 || 12}${minutes} ${hour < 12 ? "am" : "pm"}`;
  }
  const minutes = minute === 0 ? "" : ` ${frenchCount(minute)}`;
  if (hour % 12 === 0) return `${hour === 0 ? "minuit" : "midi"}${minutes}`;
  // Up to seven a listener would think of the afternoon, or ask.
  const morning = hour <= 7 ? " du matin" : "";
  return `${frenchCount(hour)} ${hour === 1 ? "heure" : "heures"}${minutes}${morning}`;
}

function saidAt(local: Temporal.ZonedDateTime, language: Language): string {
  const clock = sayClock(local, language);
  return `${language === "fr" ? "à" : "at"} ${clock}${turnOf(local, language)}`;
}

/** An hour that comes twice is told apart by the change of the clocks. */
function turnOf(local: Temporal.ZonedDateTime, language: Language): string {
  const wall = local.toPlainDateTime();
  const [first, second] = (["earlier", "later"] as const).map(
    (disambiguation) => wall.toZonedDateTime(local.timeZoneId, { disambiguation }).epochMilliseconds,
  );
  if (first === second) return "";
  const isFirst = local.epochMilliseconds === first;
  if (language === "fr") return isFirst ? ", avant le changement d'heure" : ", après le changement d'heure";
  return isFirst ? ", before the clocks change" : ", after the clocks change";
}

function listed(words: readonly string[], or: string): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${or} ${words.at(-1)!}`;
}

export function inZone(at: Date, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(zone);
}
