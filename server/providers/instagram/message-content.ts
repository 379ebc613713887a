import type { JsonObject, MessageContent } from "../contract.ts";
import { firstText, listOf, objectOf, unknownOf } from "../read-json.ts";
import { mediaAt, readAttachment, type Attachment } from "./attachment.ts";
import type { Reading } from "./reading.ts";

/** Longest text kept, in characters; Instagram allows 1,000 bytes. */
const longest = 65_536;
/** Files of one message that are looked at. */
const mostAttachments = 30;

/** What a message says, with the story, the shared post or the advertisement that it is about. */
export function contentOf(message: JsonObject, reading: Reading): MessageContent {
  const attachments = attachmentsOf(message, reading);
  const story = storyReplied(message);
  const own = firstText(message, "text");
  const chosen = objectOf(message.quick_reply);
  const media = attachments.flatMap((attachment) => attachment.media ?? []);
  const data = dataOf(message, attachments, story);
  if (own === null && attachments.length === 0) return unsupported(message, data, reading);
  // What the story showed comes last, below the customer's own words and files.
  if (story?.url) media.push(mediaAt("image", story.url));
  return {
    kind: chosen ? "interactive" : media.length > 0 && own === null ? "media" : "text",
    text: (own ?? signsOf(attachments)).slice(0, longest).toWellFormed(),
    media,
    data,
  };
}

function attachmentsOf(message: JsonObject, reading: Reading): Attachment[] {
  return listOf(message.attachments)
    .slice(0, mostAttachments)
    .flatMap((item) => {
      const source = objectOf(item);
      const attachment = source && readAttachment(source);
      if (!attachment) reading.unknowns.push(unknownOf("attachment.type", source?.type));
      return attachment ?? [];
    });
}

/** The business's story that the message answers. */
function storyReplied(message: JsonObject): { id: string | null; url: string | null } | null {
  const story = objectOf(objectOf(message.reply_to)?.story);
  return story && { id: firstText(story, "id"), url: firstText(story, "url") };
}

function dataOf(
  message: JsonObject,
  attachments: readonly Attachment[],
  story: { id: string | null } | null,
): JsonObject | null {
  const data: JsonObject = {};
  const chosen = objectOf(message.quick_reply);
  if (chosen) Object.assign(data, { type: "quick_reply", payload: firstText(chosen, "payload") });
  if (objectOf(message.referral)) data.referral = objectOf(message.referral);
  const mention = attachments.find((attachment) => attachment.story)?.story;
  const share = attachments.find((attachment) => attachment.share)?.share;
  if (mention) data.story = mention;
  else if (story) data.story = { mention: false, id: story.id };
  if (share) data.share = share;
  return Object.keys(data).length > 0 ? data : null;
}

function signsOf(attachments: readonly Attachment[]): string {
  return attachments.map(({ sign, title }) => [sign, title].filter(Boolean).join(" ")).join(" ");
}

/** Meta's own `is_unsupported`, an attachment of a type we do not know, or nothing at all. */
function unsupported(message: JsonObject, data: JsonObject | null, reading: Reading): MessageContent {
  const attachment = objectOf(listOf(message.attachments)[0]);
  const type = firstText(attachment, "type") ?? (message.is_unsupported === true ? "unsupported" : "unknown");
  if (!attachment && message.is_unsupported !== true && message.is_deleted !== true) {
    reading.unknowns.push(unknownOf("message", null));
  }
  return {
    kind: "unsupported",
    text: `[${type.slice(0, 60).toWellFormed()}]`,
    media: [],
    data: { ...data, type, body: attachment },
  };
}
