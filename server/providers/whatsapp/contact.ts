import { internationalPhone } from "#server/core/phones.ts";
import type { Json, JsonObject, PersonRef } from "../contract.ts";
import { firstText, keyOf, objectOf } from "../read-json.ts";

/** How an item names its person: a phone in digits, a business-scoped id, or neither. */
export interface Named {
  phone: string | null;
  userId: string | null;
}

/** The customer of an item, whichever list it stands in; the business's own side is left out. */
export function namedIn(item: JsonObject | null, metadata: JsonObject | null): Named {
  const outgoing = item !== null && ("to" in item || "to_user_id" in item) && !isCall(item);
  const phone = outgoing
    ? firstText(item, "to")
    : item !== null && isCall(item)
      ? callerOf(item, metadata)
      : firstText(item, "from", "recipient_participant_id", "recipient_id", "wa_id");
  const userId = outgoing
    ? firstText(item, "to_user_id")
    : firstText(item, "from_user_id", "recipient_participant_user_id", "recipient_user_id", "user_id");
  return phone !== null && isUserId(phone) ? { phone: null, userId: phone } : { phone, userId };
}

/**
 * The entry of `contacts` that describes an item's person. One that does not match is taken only when
 * it is the only contact of an only item: Brazilian and Mexican numbers differ from their `wa_id`.
 */
export function contactOf(
  contacts: Json[],
  item: Json,
  metadata: JsonObject | null,
  onlyItem: boolean,
): JsonObject | null {
  const { phone, userId } = namedIn(objectOf(item), metadata);
  for (const entry of contacts.slice(0, 1000)) {
    const contact = objectOf(entry);
    if (!contact) continue;
    if (phone !== null && firstText(contact, "wa_id") === phone) return contact;
    if (userId !== null && firstText(contact, "user_id") === userId) return contact;
  }
  const unnamed = phone === null && userId === null;
  return contacts.length === 1 && (onlyItem || unnamed) ? objectOf(contacts[0]) : null;
}

/** A person by everything Meta says of them, or null when it names nobody. */
export function personOf(named: Named, contact: JsonObject | null): PersonRef | null {
  const profile = objectOf(contact?.profile);
  const waId = firstText(contact, "wa_id") ?? named.phone;
  const userId = named.userId ?? firstText(contact, "user_id");
  const phone = named.phone ?? waId;
  const e164 = phone === null ? null : internationalPhone(phone);
  const identities: PersonRef["identities"] = [];
  if (e164 !== null && phone !== null) identities.push({ kind: "phone", value: e164, raw: keyOf(phone) });
  if (waId !== null) identities.push({ kind: "whatsapp_id", value: keyOf(waId) });
  if (userId !== null) identities.push({ kind: "whatsapp_user_id", value: keyOf(userId) });
  const name = firstText(profile, "name", "username");
  return identities.length === 0 ? null : { identities, name: name?.slice(0, 200).toWellFormed() ?? null };
}

function isCall(item: JsonObject): boolean {
  return "event" in item && "from" in item;
}

/** A call names both ends; samples disagree on which is whose, so our own number is ruled out first. */
function callerOf(call: JsonObject, metadata: JsonObject | null): string | null {
  const ours = firstText(metadata, "display_phone_number")?.replace(/\D/g, "");
  const ends = firstText(call, "direction") === "BUSINESS_INITIATED" ? ["to", "from"] : ["from", "to"];
  const numbers = ends.map((end) => firstText(call, end)).filter((end) => end !== null);
  return numbers.find((number) => number.replace(/\D/g, "") !== ours) ?? numbers[0] ?? null;
}

function isUserId(address: string): boolean {
  return /^[A-Z]{2}\.(?:ENT\.)?\w+$/.test(address);
}
