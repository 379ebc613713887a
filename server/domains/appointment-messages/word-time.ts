import type { MessageLanguage } from "./word-message.ts";

const tags: Record<MessageLanguage, string> = { fr: "fr-FR", en: "en-GB" };

interface Place {
  /** Of the business: appointments are by its clock. */
  zone: string;
  /** Of the customer. */
  customerZone: string;
}

/**
 * The day and the hour of an appointment as a person says them, by the business's clock; which is named where the customer's
 * shows something else. `mardi 24 novembre`, `14:30`.
 */
export function wordTime(language: MessageLanguage, startsAt: Date, { zone, customerZone }: Place) {
  const format = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(tags[language], { ...options, timeZone }).format(startsAt);
  const hour: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  const full: Intl.DateTimeFormatOptions = { ...hour, day: "numeric", month: "numeric" };
  const elsewhere = isZone(customerZone) && format(full) !== format(full, customerZone);
  return {
    date: format({ weekday: "long", day: "numeric", month: "long" }),
    time: format(hour) + (elsewhere ? zoneWords(language, zone) : ""),
  };
}

function zoneWords(language: MessageLanguage, zone: string): string {
  const city = zone.split("/").at(-1)!.replaceAll("_", " ");
  return language === "fr" ? ` (heure de ${city})` : ` (${city} time)`;
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
