import { composeOutgoing, mailOf, replyToOf, senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, OutboundMessage, SendOutcome } from "../contract.ts";
import { failedSend } from "../failed-send.ts";
import { firstText } from "../read-json.ts";
import { call } from "./client.ts";

/** Hands the whole mail over, under our own Message-ID; events bring our message id back as a variable. */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const { api_key: key, domain = "" } = channel.credentials;
  const messageId = mailOf(message, senderOf(channel.credentials).address).messageId;
  const answer = await call(channel, `/v3/${domain}/messages.mime`, await requestForm(channel, message));
  if (answer.kind === "answered" && answer.status === 200) return { outcome: "accepted", providerMessageId: messageId };
  const body = answer.kind === "answered" ? answer.body : null;
  // 404 is a domain that this account or region does not have.
  const isForeign = answer.kind === "answered" && answer.status === 404;
  return failedSend(answer, { code: null, text: firstText(body, "message"), class: isForeign ? "channel" : null }, [
    key,
  ]);
}

/** The request as Mailgun documents it for a mail that is composed already. */
export async function requestForm(channel: ChannelAccess, message: OutboundMessage): Promise<FormData> {
  const sender = senderOf(channel.credentials);
  const mail = mailOf(message, sender.address);
  const { raw, recipients } = await composeOutgoing(sender, {
    ...message,
    mail: { ...mail, replyTo: replyToOf(sender, mail) },
  });
  const form = new FormData();
  for (const address of recipients) form.append("to", address);
  form.set("message", new Blob([new Uint8Array(raw)], { type: "message/rfc822" }), "message.eml");
  form.set("v:guichet_message", message.id);
  form.set("v:guichet_from", sender.inbound);
  form.set("o:tracking", "no");
  return form;
}
