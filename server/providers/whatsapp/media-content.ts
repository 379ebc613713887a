import type { JsonObject, MediaRef, MessageContent } from "../contract.ts";
import { firstText, keyOf, listOf, objectOf } from "../read-json.ts";

export const mediaKinds = ["image", "audio", "video", "document", "sticker"] as const;
type MediaKind = (typeof mediaKinds)[number];

const signs: Record<MediaKind, string> = {
  image: "📷",
  audio: "🎤",
  video: "🎬",
  document: "📄",
  sticker: "🏷️",
};

/** A media message: the file by reference, its caption or name as text. */
export function mediaContent(kind: MediaKind, body: JsonObject | null, message: JsonObject): MessageContent {
  const fileName = firstText(body, "filename")?.slice(0, 255).toWellFormed() ?? null;
  const caption = firstText(body, "caption");
  const media: MediaRef = {
    kind,
    mediaId: keyOrNull(firstText(body, "id")),
    url: firstText(body, "url", "link"),
    mimeType: firstText(body, "mime_type")?.slice(0, 127).toWellFormed() ?? null,
    fileName,
    bytes: null,
    sha256: firstText(body, "sha256")?.slice(0, 127).toWellFormed() ?? null,
    error: errorOf(message) ?? (body ? null : "no file in the message"),
  };
  const voice = body?.voice === true ? { voice: true } : null;
  const animated = body?.animated === true ? { animated: true } : null;
  const data = voice || animated ? { ...voice, ...animated } : null;
  return {
    kind: "media",
    text: caption ?? [signs[kind], fileName].filter(Boolean).join(" "),
    media: [media],
    data,
  };
}

function errorOf(message: JsonObject): string | null {
  const error = objectOf(listOf(message.errors)[0]);
  if (!error) return null;
  const details = firstText(objectOf(error.error_data), "details") ?? firstText(error, "details");
  const words = [firstText(error, "code"), firstText(error, "title"), details].filter(Boolean);
  return words.join(" · ").slice(0, 500).toWellFormed() || "error";
}

function keyOrNull(id: string | null): string | null {
  return id === null ? null : keyOf(id);
}
