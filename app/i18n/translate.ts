import type { Locale } from "./locales.ts";

/** An area's words: flat keys, `{{name}}` for variables, `_one`/`_other` for plurals (i18next's JSON v4). */
export type Words = Readonly<Record<string, string>>;

type Plural = "zero" | "one" | "two" | "few" | "many" | "other";
/** The keys a caller may ask for: `items_one` and `items_other` are asked for as `items`. */
export type Key<W> = { [K in keyof W & string]: K extends `${infer B}_${Plural}` ? B | K : K }[keyof W & string];
export type Vars = Readonly<Record<string, string | number>>;
export type Translate<W> = (key: Key<W>, vars?: Vars) => string;

/** The same keys as the French area, each a string. */
export type Same<W> = { readonly [K in keyof W]: string };

const plurals = new Map<Locale, Intl.PluralRules>();

/**
 * The words behind a key, with variables filled in; a `count` chooses the plural form and is written
 * with the locale's separators. An unknown key is returned as it is.
 */
export function translate(locale: Locale, words: Words, key: string, vars?: Vars): string {
  if (vars === undefined) return words[key] ?? key;
  const count = vars["count"];
  const text =
    (typeof count === "number" ? words[`${key}_${pluralOf(locale, count)}`] : undefined) ??
    words[`${key}_other`] ??
    words[key] ??
    key;
  return text.replace(/\{\{(\w+)\}\}/g, (whole, name: string) => {
    const value = vars[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? numberOf(locale).format(value) : value;
  });
}

function pluralOf(locale: Locale, count: number): Intl.LDMLPluralRule {
  let rules = plurals.get(locale);
  if (!rules) plurals.set(locale, (rules = new Intl.PluralRules(locale)));
  return rules.select(count);
}

const numbers = new Map<Locale, Intl.NumberFormat>();
function numberOf(locale: Locale): Intl.NumberFormat {
  let format = numbers.get(locale);
  if (!format) numbers.set(locale, (format = new Intl.NumberFormat(locale)));
  return format;
}
