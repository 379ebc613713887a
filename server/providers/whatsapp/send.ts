import { withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, JsonObject, OutboundMessage, SendOutcome } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { postGraph } from "./client.ts";
import { pairPauseMs, refusalClass } from "./refusals.ts";

/** Sends a text. A request whose answer was lost is `unknown`: its status event will tell. */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const path = `${channel.credentials.phone_number_id ?? ""}/messages`;
  const answer = await postGraph(channel, path, requestBody(message));
  return outcomeOf(answer, [channel.credentials.access_token, channel.credentials.app_secret]);
}

/** The request as Meta documents it; our id travels in `biz_opaque_callback_data` and comes back in statuses. */
export function requestBody(message: OutboundMessage): JsonObject {
  const { kind, value } = message.to;
  return {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    ...(kind === "whatsapp_user_id" ? { recipient: value } : { to: value }),
    ...(message.replyToId === null ? {} : { context: { message_id: message.replyToId } }),
    type: "text",
    text: { preview_url: false, body: message.text },
    biz_opaque_callback_data: message.id,
  };
}

function outcomeOf(answer: ApiAnswer, secrets: (string | undefined)[]): SendOutcome {
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable") {
    return { outcome: "refused", class: "retry", code: "unreachable", text: answer.text };
  }
  if (answer.status >= 200 && answer.status < 300) {
    const id = firstText(objectOf(listOf(answer.body?.messages)[0]), "id");
    return id === null
      ? { outcome: "unknown", text: "accepted without an id" }
      : { outcome: "accepted", providerMessageId: id };
  }
  const error = objectOf(answer.body?.error);
  const code = typeof error?.code === "number" ? error.code : null;
  const details = firstText(objectOf(error?.error_data), "details");
  const words = details ?? firstText(error, "message", "error_user_msg") ?? `HTTP ${answer.status}`;
  const pause = answer.retryAfterMs ?? (code === 131056 ? pairPauseMs : undefined);
  return {
    outcome: "refused",
    class: refusalClass(answer.status, code, error?.is_transient === true),
    code: code === null ? `http_${answer.status}` : String(code),
    text: withoutSecrets(words, secrets),
    ...(pause === undefined ? {} : { retryAfterMs: pause }),
  };
}
