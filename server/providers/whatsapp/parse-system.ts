import type { InboundEvent, PersonRef } from "../contract.ts";
import { firstText, instantOf, objectOf, unknownOf } from "../read-json.ts";
import { personOf } from "./contact.ts";
import type { Reading } from "./reading.ts";

/** WhatsApp's own words in a conversation: a new number, a new business-scoped id, a new device. */
export function parseSystem(reading: Reading, messageId: string): InboundEvent {
  const { item, occurredAt, unknowns } = reading;
  const system = objectOf(item.system);
  const type = firstText(system, "type") ?? "unknown";
  const previous = personOf(
    { phone: firstText(system, "customer"), userId: firstText(system, "previous_user_id") },
    null,
  );
  const person = together(reading.person, previous);
  if (!person) return { kind: "ignored", why: `system message (${type}) about nobody` };
  const next = personOf({ phone: firstText(system, "new_wa_id", "wa_id"), userId: firstText(system, "user_id") }, null);
  if ((type === "user_changed_number" || type === "user_changed_user_id") && next) {
    return { kind: "identity_change", person, next, occurredAt };
  }
  if (type === "customer_identity_changed" || type === "user_identity_changed") {
    return { kind: "identity_change", person, next: person, occurredAt };
  }
  unknowns.push(unknownOf("system.type", type));
  const text = firstText(system, "body") ?? `[${type}]`;
  const content = { kind: "system" as const, text, media: [], data: { type, system } };
  return {
    kind: "message",
    direction: "in",
    messageId,
    person,
    content,
    replyToId: null,
    occurredAt,
  };
}

/** One person named twice, each identity once. */
function together(person: PersonRef | null, also: PersonRef | null): PersonRef | null {
  if (!person || !also) return person ?? also;
  const added = also.identities.filter(
    (one) => !person.identities.some(({ kind, value }) => kind === one.kind && value === one.value),
  );
  return { ...person, identities: [...person.identities, ...added] };
}

/** The field `user_id_update`: a business-scoped id was renewed. */
export function parseUserIdUpdate(reading: Reading): InboundEvent {
  const { item } = reading;
  const change = objectOf(item.user_id);
  const phone = firstText(item, "wa_id");
  const person = personOf({ phone, userId: firstText(change, "previous") }, null);
  const next = personOf({ phone, userId: firstText(change, "current") }, null);
  if (!person || !next) return { kind: "ignored", why: "new user id of nobody" };
  const occurredAt = instantOf(item.timestamp) ?? reading.occurredAt;
  return { kind: "identity_change", person, next, occurredAt };
}
