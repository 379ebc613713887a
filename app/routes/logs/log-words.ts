import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Key, Translate } from "#app/i18n/translate.ts";
import type { Tone } from "#app/ui/tone.ts";

import type { Status } from "./log-address.ts";

type LogWords = Translate<Dictionary["logs"]>;

export const statusTones: Record<Status, Tone> = {
  received: "info",
  processed: "ok",
  duplicate: "wait",
  ignored: "neutral",
  rejected: "bad",
  failed: "bad",
  retrying: "warn",
};

/** `message.text` → "message · texte"; words that this version does not know stay the provider's own. */
export function typeWords(t: LogWords, type: string): string {
  if (type === "guichet.test") return t("type.guichet.test");
  return type
    .split(".")
    .map((part) => {
      const words = t(`type.${part}` as Key<Dictionary["logs"]>);
      return words === `type.${part}` ? part.replaceAll("_", " ") : words;
    })
    .join(" · ");
}

interface PlaceInInstant {
  /** From 1. */
  number: number;
  count: number;
}

/** A post brings many events in one millisecond: which of them a row is. Nothing of those that came alone. */
export function placesInTheirInstant(rows: readonly { id: string; receivedAt: Date }[]): Map<string, PlaceInInstant> {
  const instants = Map.groupBy(rows, ({ receivedAt }) => receivedAt.getTime());
  const shared = [...instants.values()].filter(({ length }) => length > 1);
  return new Map(
    shared.flatMap((those) => those.map(({ id }, at) => [id, { number: at + 1, count: those.length }] as const)),
  );
}

export const placeWords = (t: LogWords, place: PlaceInInstant | undefined) =>
  place ? ` ${t("ofInstant", { number: String(place.number), count: String(place.count) })}` : "";
