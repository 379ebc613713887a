import type { JsonObject, MessageContent } from "../contract.ts";
import { firstText, listOf, objectOf, unknownOf } from "../read-json.ts";
import { interactiveContent } from "./interactive-content.ts";
import { mediaContent, mediaKinds } from "./media-content.ts";
import { kindOfMessage } from "./message-kind.ts";
import type { Reading } from "./reading.ts";

/** Longest text kept, in characters; WhatsApp allows 4,096. */
const longest = 65_536;

/** What a message says, with what came around it (advertisement, product, forwarding, group). */
export function contentOf(message: JsonObject, reading: Reading): MessageContent {
  const content = bodyOf(message, reading);
  const around = aroundMessage(message);
  const data = content.data || around ? { ...around, ...content.data } : null;
  return { ...content, text: content.text.slice(0, longest).toWellFormed(), data };
}

function bodyOf(message: JsonObject, reading: Reading): MessageContent {
  const type = kindOfMessage(message);
  const body = Object.hasOwn(message, type) ? message[type] : undefined;
  const media = mediaKinds.find((kind) => kind === type);
  if (media) return mediaContent(media, objectOf(body), message);
  if (type === "text") {
    const text = firstText(objectOf(body), "body");
    return text === null ? unsupported(message, reading) : plain("text", text, null);
  }
  if (type === "location" && objectOf(body)) return locationContent(objectOf(body));
  if (type === "contacts" && Array.isArray(body)) return contactCards(message);
  if (type === "order" && objectOf(body)) return orderContent(objectOf(body));
  if (type === "button" || type === "interactive") {
    const chosen = interactiveContent(type, objectOf(body), reading);
    if (chosen) return chosen;
  }
  return unsupported(message, reading);
}

function locationContent(place: JsonObject | null): MessageContent {
  const point = [firstText(place, "latitude"), firstText(place, "longitude")].filter(Boolean).join(", ");
  const named = [firstText(place, "name"), firstText(place, "address")].filter(Boolean).join(", ");
  return plain("location", `📍 ${named || point}`.trim(), { location: place });
}

function contactCards(message: JsonObject): MessageContent {
  const cards = listOf(message.contacts).slice(0, 100);
  const names = cards.map((card) => {
    const name = objectOf(objectOf(card)?.name);
    const phone = objectOf(listOf(objectOf(card)?.phones)[0]);
    return firstText(name, "formatted_name", "first_name") ?? firstText(phone, "phone", "wa_id");
  });
  return plain("contacts", `👤 ${names.filter(Boolean).join(", ")}`.trim(), { contacts: cards });
}

function orderContent(order: JsonObject | null): MessageContent {
  const lines = listOf(order?.product_items)
    .slice(0, 100)
    .map((line) => {
      const product = objectOf(line);
      return `${firstText(product, "quantity") ?? 1} × ${firstText(product, "product_retailer_id") ?? "?"}`;
    });
  const words = firstText(order, "text");
  return plain("order", [words, `🛒 ${lines.join(", ")}`.trim()].filter(Boolean).join("\n"), {
    order,
  });
}

/** Meta's own `unsupported`, a type we do not know, or a type whose body did not come. */
function unsupported(message: JsonObject, reading: Reading): MessageContent {
  const type = kindOfMessage(message);
  const detail = firstText(objectOf(message.unsupported), "type");
  const errors = [...listOf(message.errors), ...listOf(reading.change.value?.errors)].slice(0, 5);
  const error = objectOf(errors[0]);
  const reason = firstText(objectOf(error?.error_data), "details") ?? firstText(error, "details", "title");
  if (type !== "unsupported" && errors.length === 0) reading.unknowns.push(unknownOf("message.type", type));
  const body = (Object.hasOwn(message, type) ? message[type] : null) ?? null;
  return plain("unsupported", reason ?? `[${detail ?? type}]`, {
    type: detail ?? type,
    errors,
    body,
  });
}

function aroundMessage(message: JsonObject): JsonObject | null {
  const context = objectOf(message.context);
  const around: JsonObject = {};
  if (objectOf(message.referral)) around.referral = objectOf(message.referral);
  if (context?.referred_product) around.referred_product = context.referred_product;
  if (context?.forwarded === true) around.forwarded = true;
  if (context?.frequently_forwarded === true) around.frequently_forwarded = true;
  const group = firstText(message, "group_id");
  if (group !== null) around.group_id = group;
  const origin = firstText(message, "origin");
  if (origin !== null) around.origin = origin;
  return Object.keys(around).length > 0 ? around : null;
}

function plain(kind: MessageContent["kind"], text: string, data: JsonObject | null): MessageContent {
  return { kind, text, media: [], data };
}
