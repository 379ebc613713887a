import type { ChannelAccess, OutboundFile, OutboundMessage, SendOutcome } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { isWhatsapp } from "./address.ts";
import { outcomeOf } from "./answers.ts";
import { postAccount } from "./client.ts";
import { channelTypeOf } from "./credentials.ts";
import { trackingParameter } from "./split.ts";

const megabyte = 1024 * 1024;

/** What Twilio carries in one message: ten files on a picture message, one over WhatsApp; bytes in all. */
const carried = {
  sms: { files: 10, bytes: 5 * megabyte },
  whatsapp: { files: 1, bytes: 16 * megabyte },
} as const;

/**
 * Sends a text with its files, or an approved template. A request whose answer was lost is `unknown`:
 * its status callback will tell.
 */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const refusal = tooMuch(channel, message.files ?? []);
  if (refusal) return { outcome: "refused", class: "permanent", ...refusal };
  const answer = outcomeOf(await postAccount(channel, "Messages.json", requestForm(channel, message)), channel);
  if (answer.outcome !== "ok") return answer;
  const sid = firstText(answer.value, "sid");
  return sid === null
    ? { outcome: "unknown", text: "accepted without a sid" }
    : { outcome: "accepted", providerMessageId: sid };
}

/** Twilio would take the request and fail later: what it cannot carry is refused at once. */
function tooMuch(channel: ChannelAccess, files: readonly OutboundFile[]): { code: string; text: string } | null {
  const type = channelTypeOf(channel.credentials);
  if (type === "phone") return { code: "calls_only", text: "a number for calls sends no messages" };
  const most = carried[type];
  if (files.length > most.files) return { code: "too_many_files", text: `at most ${most.files} files a message` };
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes > most.bytes ? { code: "too_large", text: `at most ${most.bytes / megabyte} MB a message` } : null;
}

/**
 * The request as Twilio documents it. Twilio carries no id of ours, so it travels in the query of the
 * status callback's address and comes back with every status.
 */
export function requestForm(channel: ChannelAccess, message: OutboundMessage): URLSearchParams {
  const { phone_number: number = "", messaging_service_sid: service = "" } = channel.credentials;
  const overWhatsapp = channelTypeOf(channel.credentials) === "whatsapp";
  const form = new URLSearchParams({ To: addressFor(message.to, overWhatsapp) });
  if (message.template?.externalId) {
    const values = message.template.variables.map(({ name, value }) => [name, value]);
    form.set("ContentSid", message.template.externalId);
    if (values.length > 0) form.set("ContentVariables", JSON.stringify(Object.fromEntries(values)));
  } else if (message.text !== "") form.set("Body", message.text);
  for (const file of message.files ?? []) form.append("MediaUrl", file.url);
  if (service === "") form.set("From", overWhatsapp && !isWhatsapp(number) ? `whatsapp:${number}` : number);
  else form.set("MessagingServiceSid", service);
  if (message.statusCallbackUrl !== null && URL.canParse(message.statusCallbackUrl)) {
    const callback = new URL(message.statusCallbackUrl);
    callback.searchParams.set(trackingParameter, message.id);
    form.set("StatusCallback", callback.toString());
  }
  return form;
}

/** A person as Twilio addresses them, such as `+33…`, `whatsapp:+33…` or a short code. */
export function addressFor(to: OutboundMessage["to"], overWhatsapp: boolean): string {
  if (to.kind === "handle") return to.value.replace(/^sms:/, "");
  if (to.kind === "whatsapp_user_id") return `whatsapp:${to.value}`;
  const phone = to.value.startsWith("+") ? to.value : `+${to.value}`;
  return to.kind === "whatsapp_id" || overWhatsapp ? `whatsapp:${phone}` : phone;
}
