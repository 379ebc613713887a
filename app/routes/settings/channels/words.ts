import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Key, Translate } from "#app/i18n/translate.ts";

type ChannelKey = Key<Dictionary["channels"]>;

/** The words of a key made from what the server said, or of `fallback` where this version has none for it. */
export function wordsFor<W>(t: Translate<W>, key: string, fallback?: Key<W>): string {
  const words = t(key as Key<W>);
  return words === key && fallback ? t(fallback) : words;
}

/** {@link wordsFor} a key whose words may differ by what a channel of the provider is for. */
export function wordsByType(
  t: Translate<Dictionary["channels"]>,
  key: string,
  channelType: string,
  fallback?: ChannelKey,
): string {
  const own = `${key}.${channelType}`;
  const words = wordsFor(t, own);
  return words === own ? wordsFor(t, key, fallback) : words;
}
