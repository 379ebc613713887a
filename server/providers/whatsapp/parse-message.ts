import type { InboundEvent, JsonObject, PersonRef } from "../contract.ts";
import { firstText, keyOf, objectOf, unknownKeys } from "../read-json.ts";
import { known } from "./known-fields.ts";
import { contentOf } from "./message-content.ts";
import { kindOfMessage } from "./message-kind.ts";
import { parseSystem } from "./parse-system.ts";
import type { Reading } from "./reading.ts";

type Direction = "in" | "out";
/** What every event about a message says of it. */
interface Heading {
  messageId: string;
  person: PersonRef;
  occurredAt: Date;
  direction: Direction;
}

/** A message of the customer (`in`), or one typed by the business in its phone app (`out`). */
export function parseMessage(reading: Reading, direction: Direction): InboundEvent {
  const { item, person, occurredAt, unknowns } = reading;
  const id = firstText(item, "id");
  if (id === null) return { kind: "ignored", why: "message without an id" };
  unknowns.push(...unknownKeys(item, known.message, "message"));
  const kind = kindOfMessage(item);
  if (kind === "system") return parseSystem(reading, keyOf(id));
  if (!person) return { kind: "ignored", why: "message without a sender" };
  const heading: Heading = { messageId: keyOf(id), person, occurredAt, direction };
  if (kind === "reaction") return parseReaction(heading, item);
  if (kind === "edit") return parseEdit(heading, reading);
  if (kind === "revoke") return parseRevoke(heading, item);
  const repliedTo = firstText(objectOf(item.context), "id");
  return {
    kind: "message",
    ...heading,
    content: contentOf(item, reading),
    replyToId: repliedTo === null ? null : keyOf(repliedTo),
  };
}

function parseReaction(heading: Heading, item: JsonObject): InboundEvent {
  const reaction = objectOf(item.reaction);
  const target = firstText(reaction, "message_id");
  if (target === null) return { kind: "ignored", why: "reaction to no message" };
  const emoji = firstText(reaction, "emoji")?.slice(0, 32).toWellFormed() ?? null;
  return { kind: "reaction", ...heading, targetId: keyOf(target), emoji };
}

function parseEdit(heading: Heading, reading: Reading): InboundEvent {
  const edit = objectOf(reading.item.edit);
  const target = firstText(edit, "original_message_id");
  const next = objectOf(edit?.message);
  if (target === null || !next) return { kind: "ignored", why: "edit of no message" };
  return { kind: "edit", ...heading, targetId: keyOf(target), content: contentOf(next, reading) };
}

function parseRevoke(heading: Heading, item: JsonObject): InboundEvent {
  const target = firstText(objectOf(item.revoke), "original_message_id");
  if (target === null) return { kind: "ignored", why: "revocation of no message" };
  return { kind: "revoke", ...heading, targetId: keyOf(target) };
}
