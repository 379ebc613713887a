import type { JsonObject, MediaRef } from "../contract.ts";
import { firstText, keyOf, objectOf } from "../read-json.ts";

/** How an attachment is shown: the kind of its file, and the sign that stands for it in a list. */
interface Shape {
  media: MediaRef["kind"] | null;
  sign: string;
  /** Made by somebody on Instagram and passed on, not sent as a file. */
  share?: true;
  mention?: true;
}

/** `share` is a post or a reel by its preview; a story mention is the picture of the customer's own story. */
const shapes: Readonly<Record<string, Shape>> = {
  image: { media: "image", sign: "📷" },
  video: { media: "video", sign: "🎬" },
  audio: { media: "audio", sign: "🎤" },
  file: { media: "document", sign: "📄" },
  share: { media: "image", sign: "🔗", share: true },
  post: { media: "image", sign: "🔗", share: true },
  ig_post: { media: "image", sign: "🔗", share: true },
  reel: { media: "video", sign: "🎬", share: true },
  ig_reel: { media: "video", sign: "🎬", share: true },
  story_mention: { media: "image", sign: "📣", mention: true },
  ig_story: { media: "image", sign: "📣", share: true },
  like_heart: { media: null, sign: "❤️" },
  template: { media: null, sign: "🗂️" },
  ephemeral: { media: null, sign: "⏱️" },
};

/** An attachment as the thread shows it; null for a type we do not know. */
export interface Attachment {
  sign: string;
  title: string | null;
  media: MediaRef | null;
  /** A post or reel that was passed on. */
  share: JsonObject | null;
  /** The customer's story that names the business. */
  story: JsonObject | null;
}

export function readAttachment(attachment: JsonObject): Attachment | null {
  const type = firstText(attachment, "type") ?? "";
  const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) return null;
  const payload = objectOf(attachment.payload);
  const title = firstText(payload, "title")?.slice(0, 1000).toWellFormed() ?? null;
  const id = firstText(payload, "reel_video_id", "ig_post_media_id", "story_media_id", "id");
  return {
    sign: shape.sign,
    title,
    media: shape.media && mediaAt(shape.media, firstText(payload, "url", "story_media_url")),
    share: shape.share ? { type, id: id === null ? null : keyOf(id), title } : null,
    story: shape.mention ? { mention: true, id: id === null ? null : keyOf(id) } : null,
  };
}

/** A file of Meta's CDN, whose address lives for a short time and says nothing of what it holds. */
export function mediaAt(kind: MediaRef["kind"], url: string | null): MediaRef {
  return {
    kind,
    mediaId: null,
    url: url?.slice(0, 4000).toWellFormed() ?? null,
    mimeType: null,
    fileName: null,
    bytes: null,
    sha256: null,
    error: url === null ? "no file in the message" : null,
  };
}
