import type { Locale } from "./locales.ts";
import type { Words } from "./translate.ts";

/**
 * The words as a typesetter leaves them: in French no line may begin with « : ; ? ! » or end with an opening
 * guillemet. Dictionaries are written with ordinary spaces, which is what a keyboard has.
 */
export function typeset(locale: Locale, words: Words): Words {
  if (locale !== "fr") return words;
  return Object.fromEntries(Object.entries(words).map(([key, text]) => [key, bound(text)]));
}

const noBreak = "\u00a0";
const narrowNoBreak = "\u202f";

function bound(text: string): string {
  return text
    .replaceAll("« ", `«${noBreak}`)
    .replaceAll(/ (?=[:»])/g, noBreak)
    .replaceAll(/ (?=[;?!])/g, narrowNoBreak);
}
