import { withoutSecrets, type ApiAnswer } from "../call-api.ts";
import type { ChannelAccess, OutboundMessage, SendOutcome } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { isWhatsapp } from "./address.ts";
import { postAccount } from "./client.ts";
import { refusalClass } from "./refusals.ts";
import { trackingParameter } from "./split.ts";

/** Sends a text. A request whose answer was lost is `unknown`: its status callback will tell. */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const answer = await postAccount(channel, "Messages.json", requestForm(channel, message));
  return outcomeOf(answer, channel.credentials.auth_token);
}

/**
 * The request as Twilio documents it. Twilio carries no id of ours, so it travels in the query of the
 * status callback's address and comes back with every status.
 */
export function requestForm(channel: ChannelAccess, message: OutboundMessage): URLSearchParams {
  const { phone_number: number = "", messaging_service_sid: service = "" } = channel.credentials;
  const form = new URLSearchParams({ To: addressFor(message.to, number), Body: message.text });
  if (service === "") form.set("From", number);
  else form.set("MessagingServiceSid", service);
  if (message.statusCallbackUrl !== null && URL.canParse(message.statusCallbackUrl)) {
    const callback = new URL(message.statusCallbackUrl);
    callback.searchParams.set(trackingParameter, message.id);
    form.set("StatusCallback", callback.toString());
  }
  return form;
}

function addressFor(to: OutboundMessage["to"], ourNumber: string): string {
  if (to.kind === "handle") return to.value.replace(/^sms:/, "");
  if (to.kind === "whatsapp_user_id") return `whatsapp:${to.value}`;
  const phone = to.value.startsWith("+") ? to.value : `+${to.value}`;
  return to.kind === "whatsapp_id" || isWhatsapp(ourNumber) ? `whatsapp:${phone}` : phone;
}

function outcomeOf(answer: ApiAnswer, authToken: string | undefined): SendOutcome {
  if (answer.kind === "lost") return { outcome: "unknown", text: answer.text };
  if (answer.kind === "unreachable") {
    return { outcome: "refused", class: "retry", code: "unreachable", text: answer.text };
  }
  if (answer.status >= 200 && answer.status < 300) {
    const sid = firstText(answer.body, "sid");
    return sid === null
      ? { outcome: "unknown", text: "accepted without a sid" }
      : { outcome: "accepted", providerMessageId: sid };
  }
  const code = typeof answer.body?.code === "number" ? answer.body.code : null;
  return {
    outcome: "refused",
    class: refusalClass(answer.status, code),
    code: code === null ? `http_${answer.status}` : String(code),
    text: withoutSecrets(firstText(answer.body, "message") ?? `HTTP ${answer.status}`, [authToken]),
    ...(answer.retryAfterMs === undefined ? {} : { retryAfterMs: answer.retryAfterMs }),
  };
}
