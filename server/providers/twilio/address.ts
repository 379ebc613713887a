import { internationalPhone } from "#server/core/phones.ts";
import type { PersonRef } from "../contract.ts";
import { keyOf } from "../read-json.ts";

/** Twilio prefixes what is no SMS: `whatsapp:+33…`, `whatsapp:US.1349…`, `messenger:…`, `rcs:…`. */
const prefixed = /^([a-z]+):(.+)$/i;

/** An address as routing keys and credentials write it: E.164 with its prefix, else as it came. */
export function canonicalAddress(address: string): string {
  const [, scheme, rest = address] = prefixed.exec(address.trim()) ?? [];
  const canonical = internationalPhone(rest.trim()) ?? rest.trim();
  return scheme ? `${scheme.toLowerCase()}:${canonical}` : canonical;
}

/** Whether messages to and from the address travel over WhatsApp. */
export function isWhatsapp(address: string): boolean {
  return /^whatsapp:/i.test(address.trim());
}

/** The person behind an address. A short code or sender name is no phone: it becomes a handle. */
export function personOf(address: string, name: string | null, userAddress: string | null): PersonRef {
  const [, scheme = "", rest = address.trim()] = prefixed.exec(address.trim()) ?? [];
  const e164 = internationalPhone(rest);
  const identities: PersonRef["identities"] = [];
  if (scheme !== "" && !isWhatsapp(address)) {
    identities.push({
      kind: "handle",
      value: keyOf(canonicalAddress(address)),
      raw: keyOf(address),
    });
  } else if (e164 !== null) {
    identities.push({ kind: "phone", value: e164, raw: keyOf(rest) });
    if (isWhatsapp(address)) identities.push({ kind: "whatsapp_id", value: e164.slice(1) });
  } else if (isWhatsapp(address)) {
    identities.push({ kind: "whatsapp_user_id", value: keyOf(rest) });
  } else identities.push({ kind: "handle", value: keyOf(`sms:${rest}`), raw: keyOf(address) });
  const userId = userAddress === null ? null : (prefixed.exec(userAddress)?.[2] ?? userAddress);
  if (userId !== null && !identities.some(({ value }) => value === userId)) {
    identities.push({ kind: "whatsapp_user_id", value: keyOf(userId) });
  }
  return { identities, name: name?.slice(0, 200).toWellFormed() ?? null };
}

/** Twilio writes one of these where the caller's number is withheld; the numbers spell the words on a keypad. */
const withheld =
  /^(?:\+?(?:266696687|86282452253|7378742833|2562533)|anonymous|restricted|unavailable|unknown|private)$/i;

/** Who is on the phone; null where the number is withheld. */
export function callerOf(address: string | null, name: string | null): PersonRef | null {
  return address === null || withheld.test(address.trim()) ? null : personOf(address, name, null);
}
