import type { DayPart, SpokenClock, WallTime } from "./clock.ts";
import { wallTime } from "./clock.ts";
import { clockOf } from "./find-clock.ts";
import type { Phrase } from "./words.ts";

const quarter: Record<string, number> = { quart: 15, demi: 30, demie: 30, une: 1 };
const past = (word: string | undefined) => (word === undefined ? 0 : (quarter[word] ?? Number(word)));

/** Ways to name a time, the longest first. */
const times: readonly { pattern: RegExp; time(match: string[]): WallTime | null }[] = [
  {
    pattern:
      /(?<!apres )\b(midi|minuit)\b(?: et (quart|demie?)| moins (?:le )?(quart|\d{1,2})| (\d{1,2}|une)\b(?! heures?\b| h\b))?/,
    time: ([, word, more, less, minutes]) =>
      wallTime(word === "midi" ? 12 : less ? 24 : 0, past(more ?? minutes) - past(less), true),
  },
  {
    pattern:
      /\b(\d{1,2}|une) (?:heures?|h)\b(?: (?:et )?(quart|demie?)| moins (?:le )?(quart|\d{1,2})| (?:et )?(\d{1,2}|une)\b)?/,
    time: ([, hour, more, less, minutes]) => {
      const named = past(hour);
      return wallTime(named, past(more ?? minutes) - past(less), isSure(named));
    },
  },
  {
    pattern: /\b(\d{1,2}):(\d{2})\b/,
    time: ([, hour, minutes]) => wallTime(Number(hour), Number(minutes), isSure(Number(hour)) || hour!.startsWith("0")),
  },
  {
    pattern: /\ba (\d{1,2}) (\d{2})\b/,
    time: ([, hour, minutes]) => wallTime(Number(hour), Number(minutes), isSure(Number(hour))),
  },
];

/** From one o'clock to noon, people also mean the other half of the day. */
const isSure = (hour: number) => hour === 0 || hour > 12;

const parts: readonly (DayPart & { pattern: RegExp })[] = [
  { pattern: /\bdebut (?:de )?(?:d |l )?apres midi\b/, from: 13, until: 15, half: "pm" },
  { pattern: /\bfin (?:de )?(?:d |l )?apres midi\b/, from: 16, until: 19, half: "pm" },
  { pattern: /\b(?:dans |de |en )?(?:l |d )?apres midi\b/, from: 12, until: 18, half: "pm" },
  { pattern: /\b(?:en )?fin de (?:la )?matinee\b/, from: 10, until: 12, half: "am" },
  { pattern: /\b(?:en )?fin de (?:la )?journee\b/, from: 16, until: 20, half: "pm" },
  { pattern: /\b(?:dans |de |en |du )?(?:la |le )?mat(?:in|inee)\b/, from: 6, until: 12, half: "am" },
  { pattern: /\b(?:dans |de |en |du )?(?:la |le )?soir(?:ee)?\b/, from: 18, until: 22, half: "pm" },
  { pattern: /\b(?:dans |de |en )?(?:la )?nuit\b/, from: 0, until: 6, half: "night" },
];

/** What a French phrase says of the time within a day; what it says is taken from it. */
export function frenchClock(phrase: Phrase): SpokenClock {
  return clockOf(phrase, {
    times,
    parts,
    range: /\b(?:entre|de) (@\d|\d{1,2}) (?:et|a) (@\d|\d{1,2})\b/,
    from: /\b(?:apres|a partir de|pas avant|des) @(\d)/,
    until: /\b(?:avant|jusqu a|au plus tard(?: a)?|pas apres) @(\d)/,
  });
}
