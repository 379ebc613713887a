import { type ApiAnswer } from "../call-api.ts";
import type { ApiOutcome, ChannelAccess, JsonObject, OutboundFile, OutboundMessage, SendOutcome } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { postGraph } from "./client.ts";
import { refusalOf } from "./refusals.ts";

/** Instagram takes one thing a request: files first, one by one, then the text. */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  if (message.reaction) return react(channel, message, message.reaction);
  const bodies = requestBodies(message);
  let outcome: SendOutcome = { outcome: "refused", class: "permanent", code: "empty", text: "nothing to send" };
  for (const [at, body] of bodies.entries()) {
    outcome = outcomeOf(channel, await postGraph(channel, "me/messages", body));
    if (outcome.outcome === "accepted") continue;
    return at === 0 ? outcome : { outcome: "unknown", text: `${at} of ${bodies.length} sent: ${outcome.text}` };
  }
  return outcome;
}

/** The requests as Meta documents them. A private answer to a comment names the comment instead of the person. */
export function requestBodies(message: OutboundMessage): JsonObject[] {
  const recipient: JsonObject = message.commentId ? { comment_id: message.commentId } : { id: message.to.value };
  const tag: JsonObject = message.humanAgent ? { messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" } : {};
  const contents: JsonObject[] = [
    ...(message.files ?? []).map((file) => ({
      attachment: { type: attachmentType(file), payload: { url: file.url } },
    })),
    ...(message.text === "" ? [] : [{ text: message.text }]),
  ];
  return contents.map((content) => ({ recipient, message: content, ...tag }));
}

function attachmentType({ kind }: OutboundFile): string {
  if (kind === "document") return "file";
  return kind === "sticker" ? "image" : kind;
}

/** Instagram's programs can give and take back a heart, and nothing else. */
async function react(
  channel: ChannelAccess,
  message: OutboundMessage,
  { targetId, emoji }: NonNullable<OutboundMessage["reaction"]>,
): Promise<SendOutcome> {
  if (emoji !== null && !emoji.startsWith("❤")) {
    return { outcome: "refused", class: "permanent", code: "reaction_not_supported", text: "only ❤️ can be given" };
  }
  const answer = await postGraph(channel, "me/messages", {
    recipient: { id: message.to.value },
    sender_action: emoji === null ? "unreact" : "react",
    payload: { message_id: targetId, ...(emoji === null ? {} : { reaction: "love" }) },
  });
  return refusalOf(answer, secretsOf(channel)) ?? { outcome: "accepted", providerMessageId: `reaction:${message.id}` };
}

/** Tells the customer's app that a member has read the conversation. */
export async function markRead(channel: ChannelAccess, { to }: { to: { value: string } }): Promise<ApiOutcome<null>> {
  const answer = await postGraph(channel, "me/messages", { recipient: { id: to.value }, sender_action: "mark_seen" });
  return refusalOf(answer, secretsOf(channel)) ?? { outcome: "ok", value: null };
}

function outcomeOf(channel: ChannelAccess, answer: ApiAnswer): SendOutcome {
  const refusal = refusalOf(answer, secretsOf(channel));
  const retryAfterMs = answer.kind === "answered" ? answer.retryAfterMs : undefined;
  if (refusal) return { ...refusal, ...(refusal.outcome === "refused" && retryAfterMs ? { retryAfterMs } : {}) };
  const id = answer.kind === "answered" ? firstText(answer.body, "message_id") : null;
  return id === null
    ? { outcome: "unknown", text: "accepted without an id" }
    : { outcome: "accepted", providerMessageId: id };
}

function secretsOf({ credentials }: ChannelAccess): (string | undefined)[] {
  return [credentials.access_token, credentials.app_secret];
}
