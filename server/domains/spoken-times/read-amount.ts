import { englishFigures } from "./english-numbers.ts";
import { frenchFigures } from "./french-numbers.ts";
import type { Language } from "./words.ts";

/** Whole cents; null where that end was not named. */
export interface SpokenBudget {
  minCents: number | null;
  maxCents: number | null;
}

/** Beyond this nobody's budget goes: a number that was misheard. */
const most = 1e12;
const amount = /(\d+(?:\.\d+)?) ?(k|kilo|mille|thousand|grand|m|millions?)?\b/g;
const atLeast = /\b(?:a partir de|au moins|plus de|minimum|from|at least|more than|over|above)\b/;

/**
 * A budget as it is said: « deux cent cinquante mille », "between 200 and 250k", « au moins 90 000 € ». One amount is the
 * most that they would spend, unless the words make it the least. null: no amount was named, or more than two were.
 */
export function readSpokenBudget(said: string, language: Language): SpokenBudget | null {
  const words = plainAmounts(said, language);
  const figures = language === "fr" ? frenchFigures(words) : englishFigures(words);
  const named = [...figures.matchAll(amount)].map(([, value, unit]) => ({ value: Number(value), size: sizeOf(unit) }));
  const [first, second, third] = named;
  if (!first || third) return null;
  if (!second) {
    const cents = centsOf(first.value * first.size);
    if (cents === null) return null;
    return atLeast.test(figures) ? { minCents: cents, maxCents: null } : { minCents: null, maxCents: cents };
  }
  const high = second.value * second.size;
  // "Between 200 and 250 thousand": the unit is said once.
  const shared = first.size > 1 ? first.size : ([1_000_000, 1_000].find((size) => first.value * size <= high) ?? 1);
  const ends = [centsOf(first.value * shared), centsOf(high)].filter((cents) => cents !== null);
  return ends.length < 2 ? null : { minCents: Math.min(...ends), maxCents: Math.max(...ends) };
}

/** Amounts without the marks between their thousands, decimals behind a point. */
function plainAmounts(said: string, language: Language): string {
  const thousands = language === "fr" ? /(\d)[ .\u00a0\u202f](?=\d{3}(?!\d))/g : /(\d)[ ,\u00a0\u202f](?=\d{3}(?!\d))/g;
  return said
    .slice(0, 300)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(thousands, "$1")
    .replace(/(\d),(?=\d)/g, "$1.")
    .replace(/[^a-z0-9.]+/g, " ")
    .replace(/\.(?!\d)/g, " ")
    .replace(/(\d)([a-z])/g, "$1 $2")
    .trim();
}

function sizeOf(unit: string | undefined): number {
  if (unit === undefined) return 1;
  return unit.startsWith("m") && unit !== "mille" ? 1_000_000 : 1_000;
}

function centsOf(value: number): number | null {
  const cents = Math.round(value * 100);
  return Number.isSafeInteger(cents) && cents <= most ? cents : null;
}
