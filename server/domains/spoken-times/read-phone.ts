import { englishFigures } from "./english-numbers.ts";
import { frenchFigures } from "./french-numbers.ts";
import type { Language } from "./words.ts";
import { plainWords } from "./words.ts";

/**
 * A phone number as it is read out (« zéro six trente-neuf … », "oh two, double five …") or written, in figures with a `+` where
 * one was said; null where what was said cannot be one. Which country it is of is for `canonicalPhone` to say.
 */
export function readSpokenPhone(said: string, language: Language): string | null {
  const international = /^\s*\+/.test(said) || /^\s*plus\b/i.test(said);
  const words = repeated(plainWords(said)).replace(/\bo(?:h)?\b/g, "zero");
  const figures = language === "fr" ? frenchFigures(words, { all: true }) : englishFigures(words);
  const digits = figures.replace(/\D/g, "");
  return digits.length >= 6 && digits.length <= 15 ? `${international ? "+" : ""}${digits}` : null;
}

/** "double five" is said twice. */
function repeated(words: string): string {
  return words.replace(/\bdouble ([a-z]+|\d)\b/g, "$1 $1").replace(/\btriple ([a-z]+|\d)\b/g, "$1 $1 $1");
}
