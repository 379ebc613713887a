import { mailOf, replyToOf, senderOf, threadHeaders } from "#server/mail/index.ts";
import type { ChannelAccess, JsonObject, OutboundMessage, RefusalClass, SendOutcome } from "../contract.ts";
import { failedSend } from "../failed-send.ts";
import { firstText } from "../read-json.ts";
import { call } from "./client.ts";

/** Sends a mail under our own Message-ID, which answers name; events bring our message id back as metadata. */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const answer = await call(channel, "/email", await requestBody(channel, message));
  if (answer.kind === "answered" && answer.status === 200 && answer.body?.ErrorCode === 0) {
    return { outcome: "accepted", providerMessageId: mailOf(message, senderOf(channel.credentials).address).messageId };
  }
  const body = answer.kind === "answered" ? answer.body : null;
  const code = typeof body?.ErrorCode === "number" ? body.ErrorCode : null;
  return failedSend(
    answer,
    { code: code === null ? null : String(code), text: firstText(body, "Message"), class: classOf(code) },
    [channel.credentials.server_token],
  );
}

/** Postmark's own codes: 10 token, 400/401 sender, 405 credit, 412 account under review, 406 the receiver is suppressed. */
function classOf(code: number | null): RefusalClass | null {
  if (code === null) return null;
  if ([10, 400, 401, 405, 412].includes(code)) return "channel";
  if (code === 406) return "opted_out";
  if (code === 429) return "slow";
  return code === 100 ? "retry" : "permanent";
}

/** The request as Postmark documents it. */
export async function requestBody(channel: ChannelAccess, message: OutboundMessage): Promise<JsonObject> {
  const sender = senderOf(channel.credentials);
  const mail = mailOf(message, sender.address);
  const replyTo = replyToOf(sender, mail);
  const files = await Promise.all(
    (message.files ?? []).map(async (file) => ({
      Name: file.fileName ?? "file",
      Content: Buffer.from(await file.read()).toString("base64"),
      ContentType: file.mimeType,
      ...(file.contentId === undefined ? {} : { ContentID: `cid:${file.contentId}` }),
    })),
  );
  // Without X-PM-KeepID Postmark puts an id of its own in place of ours.
  const headers = { ...threadHeaders(mail), "X-PM-KeepID": "true" };
  return {
    From: sender.name === "" ? sender.address : `"${sender.name.replaceAll(/["\\]/g, "")}" <${sender.address}>`,
    To: message.to.value,
    ...(mail.cc.length > 0 ? { Cc: mail.cc.join(", ") } : {}),
    ...(replyTo === null ? {} : { ReplyTo: replyTo }),
    Subject: mail.subject,
    TextBody: message.text,
    ...(mail.html === null ? {} : { HtmlBody: mail.html }),
    Headers: Object.entries(headers).map(([Name, Value]) => ({ Name, Value })),
    Metadata: { guichet_message: message.id, guichet_from: sender.inbound },
    ...(files.length > 0 ? { Attachments: files } : {}),
    TrackOpens: false,
    TrackLinks: "None",
    MessageStream: "outbound",
  };
}
