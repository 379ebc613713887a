import { mailKeysFor, mailPart } from "#server/mail/index.ts";
import type { EventPart, Json, JsonObject, RawPost } from "../contract.ts";
import { MalformedPost } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, listOf, objectOf, readJson, textOf } from "../read-json.ts";

/** One post is one SNS message; with raw delivery, what SES wrote into it. */
export async function split({ body }: RawPost): Promise<EventPart[]> {
  const source = objectOf(readJson(body));
  if (!source) throw new MalformedPost("no object");
  const type = firstText(source, "Type");
  if (type === null) return [await eventOf(source, null)];
  const id = firstText(source, "MessageId") ?? hashOf(source);
  const topic = firstText(source, "TopicArn");
  if (type !== "Notification") return [subscriptionPart(source, type, id, topic)];
  const text = firstText(source, "Message") ?? "";
  const message = objectOf(jsonIn(text));
  return [message ? await eventOf(message, { id, topic }) : otherPart(text, id, topic)];
}

interface Notice {
  id: string;
  topic: string | null;
}

async function eventOf(message: JsonObject, notice: Notice | null): Promise<EventPart> {
  const mail = objectOf(message.mail);
  const receipt = objectOf(message.receipt);
  const type = firstText(message, "notificationType", "eventType") ?? "unknown";
  const content = firstText(message, "content");
  if (type === "Received" && content) {
    const own = listOf(receipt?.recipients ?? mail?.destination)
      .flatMap((one) => textOf(one) ?? [])
      .slice(0, 50);
    const isPacked = firstText(objectOf(receipt?.action), "encoding") === "BASE64";
    const bytes = Buffer.from(content, isPacked ? "base64" : "utf8");
    return mailPart(bytes, { routingKeys: keysOf(own, notice), own });
  }
  const inbound = type === "Received" ? listOf(receipt?.recipients).map(textOf) : [];
  const event = Object.fromEntries(Object.entries(message).filter(([name]) => name !== "content"));
  const at = timeIn(message);
  const id = firstText(mail, "messageId");
  return {
    routingKeys: keysOf([...inbound, tagOf(mail, "guichet_from"), firstText(mail, "source")], notice),
    type: `event.${type.toLowerCase().replaceAll(/\W+/g, "_")}`.slice(0, 64),
    externalId: id === null ? null : keyOf(id),
    dedupeKey: keyOf(`event:${notice?.id ?? hashOf(event)}`),
    customerIdentifier: shortOf(firstRecipient(message) ?? listOf(mail?.destination).map(textOf)[0] ?? null),
    occurredAt: instantOf(at),
    payload: { event },
  };
}

/** When it happened, as the event's own part says. */
export function timeIn(message: JsonObject): string | null {
  for (const name of [
    "bounce",
    "complaint",
    "delivery",
    "open",
    "click",
    "reject",
    "deliveryDelay",
    "subscription",
    "mail",
  ]) {
    const at = firstText(objectOf(message[name]), "timestamp");
    if (at) return at;
  }
  return null;
}

export function firstRecipient(message: JsonObject): string | null {
  const bounced = listOf(objectOf(message.bounce)?.bouncedRecipients)[0];
  const complained = listOf(objectOf(message.complaint)?.complainedRecipients)[0];
  const delivered = listOf(objectOf(message.delivery)?.recipients)[0];
  return firstText(objectOf(bounced) ?? objectOf(complained), "emailAddress") ?? textOf(delivered);
}

/** A value of a tag that we gave the mail when it was sent. */
export function tagOf(mail: JsonObject | null, name: string): string | null {
  const value = objectOf(mail?.tags)?.[name];
  return textOf(listOf(value)[0] ?? value);
}

function subscriptionPart(source: JsonObject, type: string, id: string, topic: string | null): EventPart {
  const isTest = type === "GuichetTest";
  return {
    routingKeys: isTest ? mailKeysFor("ses", [firstText(source, "From")]) : keysOf([], { id, topic }),
    type: `sns.${type.toLowerCase()}`.slice(0, 64),
    externalId: null,
    dedupeKey: keyOf(`sns:${id}`),
    customerIdentifier: null,
    occurredAt: instantOf(source.Timestamp),
    payload: { sns: { Type: type, TopicArn: topic, SubscribeURL: firstText(source, "SubscribeURL") } },
  };
}

function otherPart(text: string, id: string, topic: string | null): EventPart {
  return {
    routingKeys: keysOf([], { id, topic }),
    type: "sns.notification",
    externalId: null,
    dedupeKey: keyOf(`sns:${id}`),
    customerIdentifier: null,
    occurredAt: null,
    payload: { sns: { Type: "Notification", TopicArn: topic, Message: text.slice(0, 500).toWellFormed() } },
  };
}

/** By whom it is for; a topic is one channel's alone, and names it where nothing else does. */
function keysOf(addresses: readonly (string | null | undefined)[], notice: Notice | null): string[] {
  return [...mailKeysFor("ses", addresses), ...(notice?.topic ? [topicKey(notice.topic)] : [])];
}

export function topicKey(topic: string): string {
  return `ses:topic:${topic}`.slice(0, 255).toWellFormed();
}

function jsonIn(text: string): Json {
  try {
    return readJson(new TextEncoder().encode(text));
  } catch {
    return null;
  }
}

function shortOf(text: string | null): string | null {
  return text === null ? null : keyOf(text);
}
