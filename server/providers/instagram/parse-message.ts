import type { InboundEvent, JsonObject } from "../contract.ts";
import { firstText, keyOf, objectOf, unknownKeys } from "../read-json.ts";
import { known } from "./known-fields.ts";
import { contentOf } from "./message-content.ts";
import { partiesOf, personOf } from "./person.ts";
import type { Reading } from "./reading.ts";

/** A direct message, an echo of one that the business sent from elsewhere, or one that was unsent. */
export function parseMessage(reading: Reading): InboundEvent {
  const message = objectOf(reading.item.message) ?? {};
  const heading = headingOf(reading, message, "message");
  if ("kind" in heading) return heading;
  reading.unknowns.push(...unknownKeys(message, known.message, "message"));
  if (message.is_self === true) return { kind: "ignored", why: "the account wrote to itself" };
  if (message.is_deleted === true) {
    return { kind: "revoke", ...heading, targetId: heading.messageId, messageId: keyOf(`revoke:${heading.messageId}`) };
  }
  const repliedTo = firstText(objectOf(message.reply_to), "mid");
  return {
    kind: "message",
    ...heading,
    content: contentOf(message, reading),
    replyToId: repliedTo === null ? null : keyOf(repliedTo),
  };
}

/** The wording of a message after its `num_edit`th change. */
export function parseEdit(reading: Reading): InboundEvent {
  const edit = objectOf(reading.item.message_edit) ?? {};
  const heading = headingOf(reading, edit, "edit");
  if ("kind" in heading) return heading;
  const { messageId: target } = heading;
  const id = keyOf(`edit:${target}:${firstText(edit, "num_edit") ?? reading.occurredAt.getTime()}`);
  return { kind: "edit", ...heading, messageId: id, targetId: target, content: contentOf(edit, reading) };
}

/** A press on a button, an icebreaker or a persistent menu: what stood on it is what the customer said. */
export function parsePostback(reading: Reading): InboundEvent {
  const postback = objectOf(reading.item.postback) ?? {};
  const heading = headingOf(reading, postback, "postback");
  if ("kind" in heading) return heading;
  const payload = firstText(postback, "payload")?.slice(0, 2000).toWellFormed() ?? null;
  const text = firstText(postback, "title") ?? payload ?? "🔘";
  const referral = objectOf(postback.referral);
  return {
    kind: "message",
    ...heading,
    content: {
      kind: "interactive",
      text: text.slice(0, 1000).toWellFormed(),
      media: [],
      data: { type: "postback", payload, ...(referral ? { referral } : {}) },
    },
    replyToId: null,
  };
}

const named: Readonly<Record<string, string>> = {
  love: "❤️",
  like: "👍",
  dislike: "👎",
  smile: "😆",
  wow: "😮",
  sad: "😢",
  angry: "😠",
};

export function parseReaction(reading: Reading): InboundEvent {
  const reaction = objectOf(reading.item.reaction) ?? {};
  const heading = headingOf(reading, reaction, "reaction");
  if ("kind" in heading) return heading;
  const word = firstText(reaction, "reaction") ?? "";
  const sign = firstText(reaction, "emoji") ?? (Object.hasOwn(named, word) ? named[word] : undefined) ?? "❤️";
  const taken = firstText(reaction, "action") === "unreact";
  const { messageId: target } = heading;
  return {
    kind: "reaction",
    ...heading,
    messageId: keyOf(`reaction:${target}:${reading.occurredAt.getTime()}`),
    targetId: target,
    emoji: taken ? null : sign.slice(0, 32).toWellFormed(),
  };
}

type Heading = Pick<Extract<InboundEvent, { kind: "message" }>, "messageId" | "person" | "occurredAt" | "direction">;

/** What every event of a chat says of its message, or why it says nothing. */
function headingOf(reading: Reading, source: JsonObject, what: string): Heading | InboundEvent {
  const mid = firstText(source, "mid");
  const { direction, customerId } = partiesOf(reading.update);
  if (mid === null) return { kind: "ignored", why: `${what} without an id` };
  if (customerId === null) return { kind: "ignored", why: `${what} without a sender` };
  return { messageId: keyOf(mid), person: personOf(customerId), occurredAt: reading.occurredAt, direction };
}
