import { mailOf, replyToOf, senderOf, threadHeaders } from "#server/mail/index.ts";
import { failedSend } from "../failed-send.ts";
import type { ChannelAccess, JsonObject, OutboundMessage, SendOutcome } from "../contract.ts";
import { firstText, listOf, objectOf } from "../read-json.ts";
import { call } from "./client.ts";

/** Sends a mail. SendGrid keeps our Message-ID, which is what answers and events name. */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const body = await requestBody(channel, message);
  const answer = await call(channel, "/v3/mail/send", body);
  if (answer.kind === "answered" && answer.status >= 200 && answer.status < 300) {
    return { outcome: "accepted", providerMessageId: mailOf(message, senderOf(channel.credentials).address).messageId };
  }
  const error = answer.kind === "answered" ? objectOf(listOf(answer.body?.errors)[0]) : null;
  return failedSend(answer, { code: null, text: firstText(error, "message") }, [channel.credentials.api_key]);
}

/** The request as SendGrid documents it. Our message id travels as a custom argument and comes back with every event. */
export async function requestBody(channel: ChannelAccess, message: OutboundMessage): Promise<JsonObject> {
  const sender = senderOf(channel.credentials);
  const mail = mailOf(message, sender.address);
  const replyTo = replyToOf(sender, mail);
  const files = await Promise.all(
    (message.files ?? []).map(async (file) => ({
      content: Buffer.from(await file.read()).toString("base64"),
      type: file.mimeType,
      filename: file.fileName ?? "file",
      disposition: file.contentId === undefined ? "attachment" : "inline",
      ...(file.contentId === undefined ? {} : { content_id: file.contentId }),
    })),
  );
  const cc = mail.cc.filter((address) => address !== message.to.value).map((email) => ({ email }));
  return {
    personalizations: [
      {
        to: [{ email: message.to.value }],
        ...(cc.length > 0 ? { cc } : {}),
        custom_args: { guichet_message: message.id, guichet_from: sender.inbound },
      },
    ],
    from: { email: sender.address, ...(sender.name === "" ? {} : { name: sender.name }) },
    ...(replyTo === null ? {} : { reply_to: { email: replyTo } }),
    subject: mail.subject,
    content: [
      { type: "text/plain", value: message.text },
      ...(mail.html === null ? [] : [{ type: "text/html", value: mail.html }]),
    ],
    headers: threadHeaders(mail),
    ...(files.length > 0 ? { attachments: files } : {}),
    // A conversation is no campaign: nothing is rewritten, and nobody is watched.
    tracking_settings: { click_tracking: { enable: false }, open_tracking: { enable: false } },
  };
}
