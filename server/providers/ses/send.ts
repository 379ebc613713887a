import { composeOutgoing, mailOf, replyToOf, senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, JsonObject, OutboundMessage, RefusalClass, SendOutcome } from "../contract.ts";
import { failedSend } from "../failed-send.ts";
import { firstText } from "../read-json.ts";
import { call } from "./client.ts";

/**
 * Hands the whole mail over. SES puts a Message-ID of its own in place of ours, and answers name that one:
 * it is what the message is kept under.
 */
export async function send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome> {
  const { region = "", secret_access_key: secret } = channel.credentials;
  const answer = await call(channel, "/v2/email/outbound-emails", await requestBody(channel, message));
  const body = answer.kind === "answered" ? answer.body : null;
  const id = firstText(body, "MessageId");
  if (answer.kind === "answered" && answer.status === 200 && id) {
    const host = region === "us-east-1" ? "email.amazonses.com" : `${region}.amazonses.com`;
    return { outcome: "accepted", providerMessageId: `<${id}@${host}>` };
  }
  const code = firstText(body, "__type", "code")?.replace(/^.*#/, "") ?? null;
  const text = firstText(body, "message", "Message");
  return failedSend(answer, { code, text, class: classOf(code, text) }, [secret]);
}

const classes: Readonly<Record<string, RefusalClass>> = {
  AccountSuspendedException: "channel",
  SendingPausedException: "channel",
  MailFromDomainNotVerifiedException: "channel",
  AccessDeniedException: "channel",
  UnrecognizedClientException: "channel",
  InvalidSignatureException: "channel",
  LimitExceededException: "slow",
  TooManyRequestsException: "slow",
  ThrottlingException: "slow",
};

function classOf(code: string | null, text: string | null): RefusalClass | null {
  if (code === "MessageRejected" && /not verified/i.test(text ?? "")) return "channel";
  return code !== null && Object.hasOwn(classes, code) ? (classes[code] ?? null) : null;
}

/** The request as SES documents it for a mail that is composed already. */
export async function requestBody(channel: ChannelAccess, message: OutboundMessage): Promise<JsonObject> {
  const sender = senderOf(channel.credentials);
  const mail = mailOf(message, sender.address);
  const { raw } = await composeOutgoing(sender, { ...message, mail: { ...mail, replyTo: replyToOf(sender, mail) } });
  const cc = mail.cc.filter((address) => address !== message.to.value);
  return {
    FromEmailAddress: sender.address,
    Destination: { ToAddresses: [message.to.value], ...(cc.length > 0 ? { CcAddresses: cc } : {}) },
    Content: { Raw: { Data: raw.toString("base64") } },
    EmailTags: [{ Name: "guichet_message", Value: message.id }],
  };
}
