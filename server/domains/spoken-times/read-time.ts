import { Temporal } from "temporal-polyfill";
import { askWhichDay, questions } from "./ask-back.ts";
import type { SpokenClock, WallTime } from "./clock.ts";
import { minutesAt, onTheDay } from "./clock.ts";
import type { SpokenDays } from "./day.ts";
import { englishClock } from "./english-clock.ts";
import { englishDays } from "./english-days.ts";
import { englishFigures } from "./english-numbers.ts";
import { frenchClock } from "./french-clock.ts";
import { frenchDays } from "./french-days.ts";
import { frenchFigures } from "./french-numbers.ts";
import { inZone, type Speaking } from "./say-time.ts";
import { Phrase, plainWords } from "./words.ts";

/** What somebody said of a time: that very time, a stretch in which it lies, or what has to be asked. */
export type SpokenTime =
  | { kind: "time"; at: Date }
  /** From the one instant until before the other. */
  | { kind: "span"; from: Date; until: Date }
  | { kind: "unclear"; ask: string };

/**
 * Reads a time as it is spoken (« mardi prochain à quatorze heures trente », « le 3 à midi et quart », "the day after
 * tomorrow in the morning") by the clock of a zone, or as machines write it (`2026-11-24T14:30`). What could be two times, is
 * none, or is over is answered with a question that the voice asks.
 */
export function readSpokenTime(said: string, speaking: Speaking): SpokenTime {
  const written = readWritten(said, speaking);
  if (written) return written;
  const own = readIn(said, speaking, speaking.language);
  if (own && own.kind !== "unclear") return own;
  // Models translate what they pass on.
  const translated = readIn(said, speaking, speaking.language === "fr" ? "en" : "fr");
  if (translated && translated.kind !== "unclear") return translated;
  return own ?? translated ?? unclear(questions.when[speaking.language]);
}

const languages = {
  fr: {
    figures: frenchFigures,
    days: frenchDays,
    clock: frenchClock,
    /** The change of the clocks, where an hour comes twice. */
    turns: [/\bavant le changement d heure\b|\bheure d ete\b/, /\bapres le changement d heure\b|\bheure d hiver\b/],
    soon: /\bdans (\d{1,3}|une|une demi) (heures?|minutes?)\b/,
    refused: /(?<!pourquoi )\bpas (?!avant\b|apres\b)|\bsauf\b/,
    now: /\b(?:maintenant|tout de suite|immediatement)\b/,
  },
  en: {
    figures: englishFigures,
    days: englishDays,
    clock: englishClock,
    turns: [
      /\bbefore the clocks change\b|\b(?:summer|daylight) time\b/,
      /\bafter the clocks change\b|\b(?:winter|standard) time\b/,
    ],
    soon: /\bin (\d{1,3}|an|half an) (hours?|minutes?)\b/,
    refused: /(?<!why )\bnot (?!before\b|after\b)|\bexcept\b/,
    now: /\b(?:right now|immediately)\b/,
  },
} as const;

/** null: not a word of it is about a time in this language. */
function readIn(said: string, speaking: Speaking, language: "fr" | "en"): SpokenTime | null {
  const { figures, days, clock, turns, soon, refused, now } = languages[language];
  const phrase = new Phrase(figures(plainWords(said).replace(/\btonight\b/g, "today evening")));
  const today = inZone(speaking.now, speaking.zone).toPlainDate();
  const after = phrase.take(soon);
  if (after) return inAWhile(after, speaking);
  if (phrase.take(now)) return { kind: "time", at: wholeMinute(speaking.now) };
  const turn = turns.findIndex((pattern) => phrase.take(pattern) !== null);
  const day = takeDay(phrase, days, today);
  const time = clock(phrase);
  const nothing = !day && time.times.length === 0 && !time.part && !time.from && !time.until;
  if (nothing) return null;
  const another = days.some(({ pattern }) => pattern.test(phrase.left));
  if (another || refused.test(phrase.left) || /\d/.test(phrase.left) || time.times.length > 1)
    return unclear(questions.oneTime[speaking.language]);
  if (!day) return unclear(questions.whichDay[speaking.language]);
  if ("ask" in day) return unclear(askWhichDay(day.ask, speaking));
  return onDays(day, time, turn, speaking);
}

function takeDay(
  phrase: Phrase,
  rules: (typeof languages)["fr" | "en"]["days"],
  today: Temporal.PlainDate,
): SpokenDays | null {
  for (const { pattern, day } of rules) {
    const match = phrase.take(pattern);
    if (match) return day(match, today);
  }
  return null;
}

function inAWhile([, many, unit]: RegExpExecArray, { now }: Speaking): SpokenTime {
  const amount = many!.includes("demi") || many!.includes("half") ? 0.5 : Number(many) || 1;
  const minutes = unit!.startsWith("h") ? amount * 60 : amount;
  return { kind: "time", at: wholeMinute(new Date(now.getTime() + minutes * 60_000)) };
}

const wholeMinute = (at: Date) => new Date(Math.floor(at.getTime() / 60_000) * 60_000);

/** The time of day on the days that were named. */
function onDays(
  { from, days }: Extract<SpokenDays, { from: unknown }>,
  { times, part, from: after, until: before }: SpokenClock,
  turn: number,
  speaking: Speaking,
): SpokenTime {
  const [time] = times;
  const wall = (one: WallTime | null) => one && onTheDay(one, part);
  if ([time ?? null, after, before].some((one) => one !== null && wall(one) === null))
    return unclear(questions.morningOrEvening[speaking.language]);
  const last = from.add({ days: days - 1 });
  if (time && days === 1) return instantOf(from, wall(time)!, turn, speaking);
  if (time) return unclear(questions.whichDay[speaking.language]);
  const begins = wall(after) ?? (part ? { hour: part.from, minute: 0 } : null);
  const ends = wall(before) ?? (part && !after ? { hour: part.until, minute: 0 } : null);
  const start = midnightPlus(from, begins ? minutesAt(begins) : 0, speaking.zone);
  const end = midnightPlus(last, ends ? minutesAt(ends) : 1_440, speaking.zone);
  if (end <= start) return unclear(questions.oneTime[speaking.language]);
  if (end <= speaking.now) return unclear(questions.over[speaking.language]);
  return { kind: "span", from: start, until: end };
}

/** When a clock in the zone shows so many minutes after midnight; a skipped hour is when it is over. */
function midnightPlus(day: Temporal.PlainDate, minutes: number, zone: string): Date {
  const wall = day.toPlainDateTime().add({ minutes });
  return new Date(wall.toZonedDateTime(zone).epochMilliseconds);
}

function instantOf(
  day: Temporal.PlainDate,
  wall: { hour: number; minute: number },
  turn: number,
  speaking: Speaking,
): SpokenTime {
  const { zone, language, now } = speaking;
  const named = day.toPlainDateTime(wall);
  const [first, second] = (["earlier", "later"] as const).map((disambiguation) =>
    named.toZonedDateTime(zone, { disambiguation }),
  );
  if (!first!.equals(second!)) {
    if (!first!.toPlainDateTime().equals(named)) return unclear(questions.skipped[language]);
    if (turn === -1) return unclear(questions.twice[language]);
  }
  const at = new Date((turn === 1 ? second! : first!).epochMilliseconds);
  return at.getTime() < wholeMinute(now).getTime() ? unclear(questions.over[language]) : { kind: "time", at };
}

const isoTime = /^\s*(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?\s*$/;

/** As machines write it: by the zone's clock, unless an offset says otherwise. */
function readWritten(said: string, speaking: Speaking): SpokenTime | null {
  const [, date, hour, minute, offset] = isoTime.exec(said.slice(0, 60)) ?? [];
  if (date === undefined) return null;
  const { language, now } = speaking;
  if (offset !== undefined) {
    const at = new Date(said.trim().replace(" ", "T"));
    if (Number.isNaN(at.getTime())) return unclear(questions.noSuchDate[language]);
    return at < wholeMinute(now) ? unclear(questions.over[language]) : { kind: "time", at: wholeMinute(at) };
  }
  let day: Temporal.PlainDate;
  try {
    day = Temporal.PlainDate.from(date);
  } catch {
    return unclear(questions.noSuchDate[language]);
  }
  const nothing: SpokenClock = { times: [], part: null, from: null, until: null };
  if (hour === undefined) return onDays({ from: day, days: 1 }, nothing, -1, speaking);
  if (Number(hour) > 23 || Number(minute) > 59) return unclear(questions.noSuchDate[language]);
  return instantOf(day, { hour: Number(hour), minute: Number(minute) }, -1, speaking);
}

const unclear = (ask: string): SpokenTime => ({ kind: "unclear", ask });
