import type { InboundEvent } from "../contract.ts";
import { firstText, keyOf, objectOf, unknownKeys } from "../read-json.ts";
import { known } from "./known-fields.ts";
import { commenterOf, personOf } from "./person.ts";
import type { Reading } from "./reading.ts";

/**
 * A public comment under a post, a reel or a live broadcast, or one that names the account under somebody
 * else's: a message of its writer, who can be answered in private once. `data.comment` says where it stands.
 */
export function parseComment(reading: Reading): InboundEvent {
  const { item, update, occurredAt, unknowns } = reading;
  unknowns.push(...unknownKeys(item, known.comment, "comment"));
  const mention = update.field === "mentions";
  const id = firstText(item, ...(mention ? ["comment_id", "id"] : ["id", "comment_id"]));
  const { id: writer, username } = commenterOf(item);
  // A mention is announced by its ids alone: nobody can be told from it.
  if (mention && writer === null) return { kind: "ignored", why: "a mention that names nobody" };
  if (id === null) return { kind: "ignored", why: "comment without an id" };
  if (writer === null) return { kind: "ignored", why: "comment without a writer" };
  if (writer === update.accountId) return { kind: "ignored", why: "our own comment" };
  const media = objectOf(item.media);
  const mediaId = firstText(media, "id") ?? firstText(item, "media_id");
  const parentId = firstText(item, "parent_id");
  const permalink = firstText(item, "permalink") ?? firstText(media, "permalink");
  return {
    kind: "message",
    direction: "in",
    messageId: keyOf(id),
    person: personOf(writer, username),
    content: {
      kind: "text",
      text: (firstText(item, "text") ?? "💬").slice(0, 65_536).toWellFormed(),
      media: [],
      data: {
        comment: {
          id: keyOf(id),
          mediaId: mediaId === null ? null : keyOf(mediaId),
          parentId: parentId === null ? null : keyOf(parentId),
          permalink: permalink !== null && /^https:\/\/(?:www\.)?instagram\.com\//.test(permalink) ? permalink : null,
          live: update.field === "live_comments",
        },
      },
    },
    replyToId: parentId === null ? null : keyOf(parentId),
    occurredAt,
  };
}
