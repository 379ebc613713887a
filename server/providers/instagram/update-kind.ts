import type { JsonObject } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import type { Update } from "./update.ts";

/** What an event is about, by the member that holds it or the field it came under. */
export type UpdateKind =
  | "message"
  | "edit"
  | "reaction"
  | "read"
  | "postback"
  | "referral"
  | "control"
  | "policy"
  | "comment"
  | "mention"
  | "other";

const members: readonly (readonly [string, UpdateKind])[] = [
  ["message", "message"],
  ["message_edit", "edit"],
  ["reaction", "reaction"],
  ["read", "read"],
  ["postback", "postback"],
  ["referral", "referral"],
  ["pass_thread_control", "control"],
  ["take_thread_control", "control"],
  ["request_thread_control", "control"],
  ["app_roles", "control"],
  ["policy_enforcement", "policy"],
];

export function kindOfUpdate({ field, item }: Update): UpdateKind {
  if (field === "comments" || field === "live_comments") return "comment";
  if (field === "mentions") return "mention";
  return members.find(([member]) => item !== null && objectOf(item[member]) !== null)?.[1] ?? "other";
}

/** The type of a message in the log's words: what it holds, `deleted` or `unsupported`. */
export function kindOfMessage(message: JsonObject): string {
  if (message.is_deleted === true) return "deleted";
  if (message.is_unsupported === true) return "unsupported";
  const attachment = objectOf(listOf(message.attachments)[0]);
  const type = attachment && firstText(attachment, "type");
  if (type) return type;
  if (objectOf(objectOf(message.reply_to)?.story)) return "story_reply";
  return firstText(message, "text") === null ? "unknown" : "text";
}
