import type { Locale } from "./locales.ts";
import type { fr } from "./fr/index.ts";
import type { Words } from "./translate.ts";
import { typeset } from "./typeset.ts";

/** The areas of the interface and their words; French sets the keys. */
export type Dictionary = typeof fr;
export type Area = keyof Dictionary;
type Loaded = Partial<Record<Area, Words>>;

const known: Record<Locale, Loaded> = { fr: {}, en: {} };
const pending = new Map<string, Promise<void>>();

/** Makes areas readable at once: the server registers all, a browser those it has fetched. */
export function register(locale: Locale, areas: Loaded): void {
  for (const [area, words] of Object.entries(areas)) known[locale][area as Area] = typeset(locale, words);
}

export function wordsOf(locale: Locale, area: Area): Words | undefined {
  return known[locale][area];
}

const coreAreas: readonly Area[] = [
  "shell",
  "ui",
  "errors",
  "tickets",
  "inbox",
  "calls",
  "customers",
  "views",
  "together",
];

/**
 * What to wait for before an area can be read: the same promise for the same part of the dictionary, and
 * nothing where all of it was registered at once.
 */
export function awaitedArea(locale: Locale, area: Area): Promise<void> | undefined {
  const part = coreAreas.includes(area) ? "core" : "rest";
  const promise = pending.get(`${locale} ${part}`);
  if (promise || known[locale][area]) return promise;
  return part === "core" ? loadCore(locale) : loadRest(locale);
}

/** Fetches what every page of a tenant needs, before the first page is hydrated. */
export function loadCore(locale: Locale): Promise<void> {
  return load(`${locale} core`, async () => {
    const core = locale === "fr" ? await import("./fr/core.ts") : await import("./en/core.ts");
    register(locale, core.core);
  });
}

function loadRest(locale: Locale): Promise<void> {
  return load(`${locale} rest`, async () => {
    const rest = locale === "fr" ? await import("./fr/rest.ts") : await import("./en/rest.ts");
    register(locale, rest.rest);
  });
}

function load(key: string, fetchWords: () => Promise<void>): Promise<void> {
  const started = pending.get(key);
  if (started) return started;
  const promise = fetchWords();
  pending.set(key, promise);
  // React reads the status: words that are there already suspend nobody.
  void promise.then(
    () => Object.assign(promise, { status: "fulfilled", value: undefined }),
    () => pending.delete(key),
  );
  return promise;
}
