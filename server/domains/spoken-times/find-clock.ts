import type { DayPart, SpokenClock, WallTime } from "./clock.ts";
import { wallTime } from "./clock.ts";
import type { Phrase } from "./words.ts";

/** How a language names times within a day. */
export interface ClockWords {
  times: readonly { pattern: RegExp; time(match: string[]): WallTime | null }[];
  parts: readonly (DayPart & { pattern: RegExp })[];
  /** Words before a time that its pattern needs and that say more than the time. */
  keep?: RegExp;
  /** With `@n` where the nth time stood: between two times or bare figures, from a time, until a time. */
  range: RegExp;
  from: RegExp;
  until: RegExp;
}

/** More times than this in one breath are no time. */
const mostTimes = 5;

/** Takes the times and the part of the day from a phrase. Times that are none on any clock stay, and are not understood. */
export function clockOf(phrase: Phrase, words: ClockWords): SpokenClock {
  const part = takePart(phrase, words.parts);
  const times = markTimes(phrase, words);
  const range = phrase.take(words.range);
  if (range) {
    const [begins, ends] = range.slice(1).map((named) => namedBy(named, times));
    if (begins && ends) return { times: [], part, from: beside(begins, ends), until: ends };
  }
  const from = phrase.take(words.from);
  const until = phrase.take(words.until);
  const bounds = { from: from ? times[Number(from[1])]! : null, until: until ? times[Number(until[1])]! : null };
  const left = [...phrase.left.matchAll(/@(\d)/g)].map(([, nth]) => times[Number(nth)]!);
  phrase.left = phrase.left.replaceAll(/@\d/g, ";");
  return { times: left, part, ...bounds };
}

/** A bare figure, or the time that stood at `@n`. */
function namedBy(named: string, times: readonly WallTime[]): WallTime | null {
  if (named.startsWith("@")) return times[Number(named.slice(1))] ?? null;
  return wallTime(Number(named), 0, Number(named) > 12);
}

/** "Between 2 and 4 pm" begins at two in the afternoon, "between 10 and 4 pm" in the morning. */
function beside(from: WallTime, until: WallTime): WallTime {
  const afternoon = !from.sure && until.sure && from.hour < 12 && from.hour + 12 <= until.hour;
  return afternoon ? { ...from, hour: from.hour + 12, sure: true } : { ...from, sure: from.sure || until.sure };
}

function takePart(phrase: Phrase, parts: ClockWords["parts"]): DayPart | null {
  for (const { pattern, from, until, half } of parts) if (phrase.take(pattern)) return { from, until, half };
  return null;
}

/** Puts `@n` in the place of each time that is named, and answers the times. */
function markTimes(phrase: Phrase, { times: ways, keep }: ClockWords): WallTime[] {
  const found: WallTime[] = [];
  for (const { pattern, time } of ways) {
    while (found.length < mostTimes) {
      const match = pattern.exec(phrase.left);
      const named = match && time(match);
      if (!match || !named) break;
      const kept = keep?.exec(match[0])?.[0] ?? "";
      const mark = `${kept} @${found.push(named) - 1}`.trim();
      phrase.left = phrase.left.slice(0, match.index) + mark + phrase.left.slice(match.index + match[0].length);
    }
  }
  return found;
}
