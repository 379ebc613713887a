import { createContext, use, useMemo, type ReactNode } from "react";

import { awaitedArea, wordsOf, type Area, type Dictionary } from "./dictionaries.ts";
import { formatFor, type Format } from "./format.ts";
import type { Locale } from "./locales.ts";
import { translate, type Translate, type Vars, type Words } from "./translate.ts";

interface Language {
  locale: Locale;
  timeZone: string;
}
const LanguageContext = createContext<Language>({ locale: "fr", timeZone: "Europe/Paris" });

/** Sets the language of everything inside, and, within a tenant, its time zone. */
export function LanguageProvider(props: { locale?: Locale; timeZone?: string; children: ReactNode }) {
  const outer = use(LanguageContext);
  const locale = props.locale ?? outer.locale;
  const timeZone = props.timeZone ?? outer.timeZone;
  const value = useMemo(() => ({ locale, timeZone }), [locale, timeZone]);
  return <LanguageContext value={value}>{props.children}</LanguageContext>;
}

export function useLocale(): Locale {
  return use(LanguageContext).locale;
}

/** Dates, numbers, money and phones in the member's language and the tenant's time zone. */
export function useFormat(): Format {
  const { locale, timeZone } = use(LanguageContext);
  return formatFor(locale, timeZone);
}

/** `const t = useT("tickets"); t("title"); t("selected", { count: 3 })`. Keys are checked by the compiler. */
export function useT<A extends Area>(area: A): Translate<Dictionary[A]> {
  const { locale } = use(LanguageContext);
  const words = useWords(locale, area);
  return useMemo(() => (key: string, vars?: Vars) => translate(locale, words, key, vars), [locale, words]);
}

/** Words for a refusal: its reason, else its code, else that something went wrong. */
export function useErrorText(): (reason: string | undefined | null, code?: string) => string {
  const { locale } = use(LanguageContext);
  const words = useWords(locale, "errors");
  return (reason, code) => words[reason ?? ""] ?? words[code ?? ""] ?? words["unexpected"] ?? "unexpected";
}

/**
 * Suspends until the words are there; the server has them all, so only a browser ever waits. What was
 * once waited for is read through `use` again: React replays a suspended component up to that call.
 */
function useWords(locale: Locale, area: Area): Words {
  const awaited = awaitedArea(locale, area);
  if (awaited) use(awaited);
  return wordsOf(locale, area) ?? {};
}
