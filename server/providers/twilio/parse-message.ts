import type { InboundEvent, JsonObject, MediaRef, MessageContent } from "../contract.ts";
import { firstText, keyOf, unknownOf } from "../read-json.ts";
import { personOf } from "./address.ts";
import { keywordIn } from "./post-kind.ts";
import type { Reading } from "./reading.ts";

/** A message of a customer: SMS, MMS, or WhatsApp carried by Twilio. */
export function parseMessage({ form, occurredAt, unknowns }: Reading): InboundEvent {
  const sid = firstText(form, "MessageSid", "SmsSid", "SmsMessageSid");
  const from = firstText(form, "From");
  if (sid === null || from === null) return { kind: "ignored", why: "message without a sender" };
  const repliedTo = firstText(form, "OriginalRepliedMessageSid");
  const content = contentOf(form);
  const keyword = keywordIn(form);
  if (content.kind === "unsupported") unknowns.push(unknownOf("MessageType", form.MessageType));
  return {
    kind: "message",
    direction: "in",
    messageId: keyOf(sid),
    person: personOf(from, firstText(form, "ProfileName"), firstText(form, "ExternalUserId")),
    content,
    replyToId: repliedTo === null ? null : keyOf(repliedTo),
    occurredAt,
    ...(keyword === null ? {} : { keyword }),
  };
}

function contentOf(form: JsonObject): MessageContent {
  const words = firstText(form, "Body");
  const media = mediaOf(form);
  const data = aroundMessage(form);
  if (media.length > 0) {
    return { kind: "media", text: words ?? signs[media[0]?.kind ?? "document"], media, data };
  }
  if (firstText(form, "Latitude") !== null) {
    const location = pick(form, ["Latitude", "Longitude", "Address", "Label"]);
    const point = [location.latitude, location.longitude].filter(Boolean).join(", ");
    const named = [location.label, location.address].filter(Boolean).join(", ");
    return {
      kind: "location",
      text: `📍 ${named || words || point}`,
      media,
      data: { ...data, location },
    };
  }
  const choice = pick(form, [
    "ButtonText",
    "ButtonPayload",
    "ListId",
    "ListTitle",
    "ListDescription",
    "InteractiveData",
  ]);
  if (Object.keys(choice).length > 0) {
    const text = firstText(choice, "button_text", "list_title") ?? words ?? "☑️";
    return { kind: "interactive", text, media, data: { ...data, ...choice } };
  }
  if (words !== null) return { kind: "text", text: words, media, data };
  const type = firstText(form, "MessageType") ?? "empty";
  return { kind: "unsupported", text: `[${type.slice(0, 40).toWellFormed()}]`, media, data: { ...data, type } };
}

const signs: Record<MediaRef["kind"], string> = {
  image: "📷",
  audio: "🎤",
  video: "🎬",
  document: "📄",
  sticker: "🏷️",
};

function mediaOf(form: JsonObject): MediaRef[] {
  const count = Math.min(Number(firstText(form, "NumMedia")) || 0, 50);
  return Array.from({ length: count }, (_, index) => mediaAt(form, index)).filter((ref) => ref !== null);
}

function mediaAt(form: JsonObject, index: number): MediaRef | null {
  const url = firstText(form, `MediaUrl${index}`);
  const mimeType = firstText(form, `MediaContentType${index}`)?.slice(0, 127).toWellFormed() ?? null;
  if (url === null && mimeType === null) return null;
  const family = mimeType?.split("/", 1)[0];
  const kind = family === "image" || family === "audio" || family === "video" ? family : "document";
  const mediaId = url?.split("/").at(-1) ?? null;
  const error = url === null ? "no address for the file" : null;
  return {
    kind,
    mediaId: mediaId && keyOf(mediaId),
    url,
    mimeType,
    fileName: null,
    bytes: null,
    sha256: null,
    error,
  };
}

function aroundMessage(form: JsonObject): JsonObject | null {
  const referral = pick(form, [
    "ReferralBody",
    "ReferralHeadline",
    "ReferralSourceId",
    "ReferralSourceType",
    "ReferralSourceUrl",
    "ReferralCtwaClid",
  ]);
  const around: JsonObject = {};
  if (Object.keys(referral).length > 0) around.referral = referral;
  if (form.Forwarded === "true") around.forwarded = true;
  if (form.FrequentlyForwarded === "true") around.frequently_forwarded = true;
  const optOut = firstText(form, "OptOutType");
  if (optOut !== null) around.opt_out_type = optOut;
  return Object.keys(around).length > 0 ? around : null;
}

/** The parameters that are there, under snake-case names. */
function pick(form: JsonObject, names: string[]): JsonObject {
  return Object.fromEntries(
    names
      .map((name) => [name.replace(/(?<!^)[A-Z]/g, "_$&").toLowerCase(), firstText(form, name)] as const)
      .filter(([, value]) => value !== null),
  );
}
