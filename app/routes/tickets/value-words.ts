import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Format } from "#app/i18n/format.ts";
import type { Translate } from "#app/i18n/translate.ts";

/** A value of a field of the business's own, as people read it. */
export function valueWords(
  type: string | undefined,
  value: unknown,
  work: Translate<Dictionary["ticketWork"]>,
  format: Format,
): string {
  if (value === null || value === undefined || value === "") return work("none");
  if (typeof value === "boolean") return work(value ? "yes" : "no");
  if (typeof value === "number") return format.number(value);
  return type === "date" && typeof value === "string" ? format.date(`${value}T12:00:00Z`) : String(value);
}
