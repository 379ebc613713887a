import type { ChannelAccess, JsonObject, OutboundMessage, SendOutcome } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { outcomeOf } from "./answers.ts";
import { postGraph } from "./client.ts";
import { mediaBody, uploadMedia, type UploadedMedia } from "./send-media.ts";
import { templateBody } from "./send-template.ts";

/**
 * Sends a text, a reaction, a template or one file with its caption. A request whose answer was lost is
 * `unknown`: its status event will tell. An upload that is lost sent nothing and may be tried again.
 */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const [file, ...others] = message.files ?? [];
  if (others.length > 0) {
    return { outcome: "refused", class: "permanent", code: "one_file_only", text: "a message carries one file" };
  }
  const uploaded = file ? await uploadMedia(channel, file, message.text !== "") : null;
  if (uploaded?.outcome === "refused") return uploaded;
  const path = `${channel.credentials.phone_number_id ?? ""}/messages`;
  const answer = outcomeOf(await postGraph(channel, path, requestBody(message, uploaded?.value)), channel);
  if (answer.outcome !== "ok") return answer;
  const id = firstText(objectOf(listOf(answer.value.messages)[0]), "id");
  return id === null
    ? { outcome: "unknown", text: "accepted without an id" }
    : { outcome: "accepted", providerMessageId: id };
}

/** The request as Meta documents it; our id travels in `biz_opaque_callback_data` and comes back in statuses. */
export function requestBody(message: OutboundMessage, uploaded?: UploadedMedia): JsonObject {
  const { kind, value } = message.to;
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...(kind === "whatsapp_user_id" ? { recipient: value } : { to: value }),
    ...(message.replyToId === null ? {} : { context: { message_id: message.replyToId } }),
    ...contentOf(message, uploaded),
    biz_opaque_callback_data: message.id,
  };
}

function contentOf({ reaction, template, text }: OutboundMessage, uploaded?: UploadedMedia): JsonObject {
  if (reaction) {
    return { type: "reaction", reaction: { message_id: reaction.targetId, emoji: reaction.emoji ?? "" } };
  }
  if (template) return { type: "template", template: templateBody(template) };
  if (uploaded) return mediaBody(uploaded, text);
  return { type: "text", text: { preview_url: false, body: text } };
}
