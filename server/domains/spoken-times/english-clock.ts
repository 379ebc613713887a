import type { DayPart, SpokenClock, WallTime } from "./clock.ts";
import { wallTime } from "./clock.ts";
import { clockOf } from "./find-clock.ts";
import type { Phrase } from "./words.ts";

const half = "(?: (am|pm))?";
const minutesOf: Record<string, number> = { quarter: 15, half: 30 };

/** Ways to name a time, the longest first. */
const times: readonly { pattern: RegExp; time(match: string[]): WallTime | null }[] = [
  { pattern: /\b(?:12 )?(?:noon|midday)\b/, time: () => wallTime(12, 0, true) },
  { pattern: /\b(?:12 )?midnight\b/, time: () => wallTime(0, 0, true) },
  {
    pattern: new RegExp(
      `\\b(?:(half)(?: past)?|(?:a )?(quarter) past|(\\d{1,2})(?: minutes?)? past) (\\d{1,2})${half}\\b`,
    ),
    time: ([, thirty, fifteen, minutes, hour, meridiem]) =>
      twelve(hour!, minutesOf[thirty ?? fifteen ?? ""] ?? Number(minutes), meridiem),
  },
  {
    pattern: new RegExp(`(?<!from )\\b(?:(?:a )?(quarter)|(\\d{1,2})(?: minutes?)?) to (\\d{1,2})${half}\\b`),
    time: ([, fifteen, minutes, hour, meridiem]) => twelve(hour!, -(fifteen ? 15 : Number(minutes)), meridiem),
  },
  {
    pattern: /\b(\d{1,2})(?::(\d{2})| (\d{2})| (?:oh?|0) (\d))? (am|pm)\b/,
    time: ([, hour, colon, spaced, oh, meridiem]) => twelve(hour!, Number(colon ?? spaced ?? oh ?? 0), meridiem),
  },
  { pattern: /\b(\d{1,2}):(\d{2})\b/, time: ([, hour, minutes]) => twelve(hour!, Number(minutes), undefined) },
  { pattern: /\b(\d{1,2}) o clock\b/, time: ([, hour]) => twelve(hour!, 0, undefined) },
  {
    pattern: /\b(\d{1,2}) (?:oh?|0) (\d)\b/,
    time: ([, hour, minutes]) => twelve(hour!, Number(minutes), undefined),
  },
  {
    pattern: /\b(?:at |around |about )?(\d{1,2}) (\d{2})\b/,
    time: ([, hour, minutes]) => twelve(hour!, Number(minutes), undefined),
  },
  {
    pattern: /\b(?:at|around|about|after|before|by|until|from|between|and) (\d{1,2})\b/,
    time: ([, hour]) => twelve(hour!, 0, undefined),
  },
];

function twelve(hour: string, minutes: number, meridiem: string | undefined): WallTime | null {
  const named = Number(hour);
  if (minutes > 59 || named > 24) return null;
  if (meridiem === undefined) return wallTime(named, minutes, named === 0 || named > 12 || hour.startsWith("0"));
  if (named < 1 || named > 12) return null;
  const before = minutes < 0 && named === 12;
  return wallTime((named % 12) + (meridiem === "pm" ? 12 : before ? 24 : 0), minutes, true);
}

const parts: readonly (DayPart & { pattern: RegExp })[] = [
  { pattern: /\bearly (?:in the )?afternoon\b/, from: 13, until: 15, half: "pm" },
  { pattern: /\blate(?:r)? (?:in the )?afternoon\b/, from: 16, until: 19, half: "pm" },
  { pattern: /\b(?:in the )?afternoon\b/, from: 12, until: 18, half: "pm" },
  { pattern: /\blate (?:in the )?morning\b/, from: 10, until: 12, half: "am" },
  { pattern: /\b(?:at the )?end of the day\b/, from: 16, until: 20, half: "pm" },
  { pattern: /\b(?:early )?(?:in the )?morning\b/, from: 6, until: 12, half: "am" },
  { pattern: /\b(?:in the )?evening\b/, from: 18, until: 22, half: "pm" },
  { pattern: /\b(?:at |in the )?night\b/, from: 0, until: 6, half: "night" },
];

/** What an English phrase says of the time within a day; what it says is taken from it. */
export function englishClock(phrase: Phrase): SpokenClock {
  return clockOf(phrase, {
    times,
    parts,
    keep: /^(?:after|before|by|until|from|between|and)\b/,
    range: /\b(?:between|from) (@\d|\d{1,2}) (?:and|to|until) (@\d|\d{1,2})\b/,
    from: /\b(?:after|from|not before) @(\d)/,
    until: /\b(?:before|until|by|no later than|not after) @(\d)/,
  });
}
