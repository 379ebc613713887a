import { parsePhoneNumberFromString, type CountryCode } from "libphonenumber-js";

/**
 * The canonical E.164 of what a person or a file wrote (`06 39 98 12 34`, `+33 (0)6…`, `0033…`),
 * or null when it cannot be a phone number. `country` reads national notation (ISO 3166, the
 * tenant's; France when unknown). Possible but unassigned numbers are kept: plans change.
 */
export function canonicalPhone(raw: string, country: string = "FR"): string | null {
  const written = raw
    .trim()
    .replace(/^(?:tel|whatsapp):/i, "")
    .replace(/^00(?=[1-9])/, "+");
  if (written.length > 40) return null;
  const parsed = parsePhoneNumberFromString(written, country.toUpperCase() as CountryCode);
  return parsed?.isPossible() ? parsed.number : null;
}

/**
 * The E.164 of a number that a provider names internationally, with or without its plus
 * (`33639981234`), or null when it is no phone number (a short code, a sender name, an id).
 */
export function internationalPhone(named: string): string | null {
  const digits = named.replace(/^\+/, "").replace(/[\s().-]/g, "");
  return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : null;
}

/**
 * Every E.164 by which the same line may be known, the given one first: Brazil's ninth digit,
 * Argentina's 9 and Mexico's 1 come and go between WhatsApp, networks and address books.
 * The relation is symmetric: each member of the set has the same set.
 */
export function phoneVariants(e164: string): string[] {
  const brazil = /^\+55(\d\d)(9?)([6-9]\d{7})$/.exec(e164);
  if (brazil) return [e164, `+55${brazil[1]}${brazil[2] ? "" : "9"}${brazil[3]}`];
  const argentina = /^\+54(9?)(\d{10})$/.exec(e164);
  if (argentina) return [e164, `+54${argentina[1] ? "" : "9"}${argentina[2]}`];
  const mexico = /^\+52(1?)(\d{10})$/.exec(e164);
  if (mexico) return [e164, `+52${mexico[1] ? "" : "1"}${mexico[2]}`];
  return [e164];
}
