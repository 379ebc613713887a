import { canonicalPhone } from "#server/core/phones.ts";
import { newId } from "#server/core/ids.ts";
import { invalid } from "#server/core/errors.ts";
import type { ChannelAccess, ChannelType, CheckLine, OutboundMessage, Provider } from "#server/providers/contract.ts";
import { channelErrorReasons } from "./schemas.ts";

const words = "Test: cette ligne peut écrire. This line can write.";

/** Sends one message to an address that the admin typed, past the outbox: what the provider says is the result. */
export async function outboundLine(
  provider: Provider,
  channel: ChannelAccess,
  type: ChannelType,
  sendTo: string,
): Promise<CheckLine> {
  const to = addressOf(type, sendTo);
  const id = newId();
  const sent = await provider.send(channel, {
    id,
    to,
    text: words,
    replyToId: null,
    statusCallbackUrl: null,
    ...(to.kind === "email" ? { mail: mailOf(id, to.value) } : {}),
  });
  if (sent.outcome === "accepted") return { check: "sent", result: "pass", reason: null, detail: to.value };
  if (sent.outcome === "unknown") return { check: "sent", result: "unknown", reason: "send_lost", detail: sent.text };
  // What keeps a server from being reached has words of its own.
  const reason = channelErrorReasons.find((known) => known === sent.code) ?? `send_${sent.class}`;
  return { check: "sent", result: "fail", reason, detail: `${sent.code} · ${sent.text}` };
}

function addressOf(type: ChannelType, sendTo: string): OutboundMessage["to"] {
  if (type === "email") {
    if (!/^\S+@\S+\.\S+$/.test(sendTo)) throw invalid({ sendTo: "invalid_email" });
    return { kind: "email", value: sendTo.toLowerCase() };
  }
  const phone = type === "instagram" ? null : canonicalPhone(sendTo);
  if (!phone) throw invalid({ sendTo: "invalid_phone" });
  return { kind: "phone", value: phone };
}

function mailOf(id: string, to: string): NonNullable<OutboundMessage["mail"]> {
  return {
    messageId: `<${id}@${to.split("@")[1]}>`,
    subject: "Test",
    html: null,
    cc: [],
    inReplyTo: null,
    references: [],
    replyTo: null,
    automatic: true,
  };
}
