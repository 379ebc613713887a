import { checkLine, credentialLine, withoutDetails } from "../check-line.ts";
import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, CheckLine } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import { call } from "./client.ts";

/** Asks SendGrid what a person would look up in its console: may the key send, where do events and mails go. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const scopes = await call(channel, "/v3/scopes");
  const lines = [credentialLine(scopes, null)];
  if (scopes.kind === "answered" && scopes.status < 300) {
    const granted = listOf(scopes.body?.scopes).map(textOf);
    lines.push(
      granted.includes("mail.send")
        ? checkLine("sending", "pass", null, null)
        : checkLine("sending", "fail", "key_may_not_send", null),
    );
    lines.push(await inboundLine(channel, expected.webhookUrl), await eventsLine(channel, expected.webhookUrl));
  }
  return withoutDetails(lines, [channel.credentials.api_key]);
}

async function inboundLine(channel: ChannelAccess, webhookUrl: string): Promise<CheckLine> {
  const answer = await call(channel, "/v3/user/webhooks/parse/settings");
  if (answer.kind !== "answered" || answer.status >= 300)
    return checkLine("webhook", "unknown", "webhook_not_shown", webhookUrl);
  const host = senderOf(channel.credentials).inbound.split("@")[1] ?? "";
  const entry = listOf(answer.body?.result)
    .map(objectOf)
    .find((one) => firstText(one, "hostname")?.toLowerCase() === host);
  const url = firstText(entry ?? null, "url");
  if (!entry || url === null) return checkLine("webhook", "fail", "webhook_missing", webhookUrl);
  // Inbound Parse signs nothing, so the address that all channels share takes no mail.
  if (!isSame(url, webhookUrl)) return checkLine("webhook", "fail", "webhook_differs", url);
  return entry.send_raw === true
    ? checkLine("webhook", "pass", null, url)
    : checkLine("webhook", "unknown", "mail_not_raw", url);
}

/** Without events nobody learns that a mail bounced; without the right key they are refused. */
async function eventsLine(channel: ChannelAccess, webhookUrl: string): Promise<CheckLine> {
  const answer = await call(channel, "/v3/user/webhooks/event/settings/all");
  if (answer.kind !== "answered" || answer.status >= 300)
    return checkLine("signing_key", "unknown", "webhook_not_shown", webhookUrl);
  const ours = listOf(answer.body?.webhooks)
    .map(objectOf)
    .find((one) => isSame(firstText(one, "url") ?? "", webhookUrl) && one?.enabled !== false);
  if (!ours) return checkLine("signing_key", "fail", "events_webhook_missing", webhookUrl);
  const key = firstText(ours, "public_key");
  if (key === null) return checkLine("signing_key", "fail", "events_not_signed", null);
  return key === channel.credentials.verification_key
    ? checkLine("signing_key", "pass", null, null)
    : checkLine("signing_key", "fail", "signing_key_differs", null);
}

function isSame(shown: string, ours: string): boolean {
  return shown.replace(/\/+$/, "") === ours.replace(/\/+$/, "");
}
