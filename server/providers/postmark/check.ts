import { checkLine, credentialLine, withoutDetails } from "../check-line.ts";
import type { ChannelAccess, CheckLine } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";
import { call } from "./client.ts";

/** Asks Postmark whether the token is good, where inbound mail goes, and whether it comes whole. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const answer = await call(channel, "/server");
  const server = answer.kind === "answered" && answer.status < 300 ? answer.body : null;
  const lines = [credentialLine(answer, firstText(server, "Name"))];
  if (server)
    lines.push(
      ...webhookLines(firstText(server, "InboundHookUrl"), server.RawEmailEnabled === true, expected.webhookUrl),
    );
  return withoutDetails(lines, [channel.credentials.server_token, channel.credentials.webhook_password]);
}

function webhookLines(url: string | null, isRaw: boolean, ours: string): CheckLine[] {
  if (url === null || !URL.canParse(url)) return [checkLine("webhook", "fail", "webhook_missing", ours)];
  const bare = new URL(url);
  const hasPassword = bare.password !== "";
  bare.username = "";
  bare.password = "";
  if (!isOurWebhook(bare.toString(), ours)) return [checkLine("webhook", "fail", "webhook_differs", bare.toString())];
  if (!hasPassword) return [checkLine("webhook", "unknown", "webhook_without_password", bare.toString())];
  return [
    isRaw
      ? checkLine("webhook", "pass", null, bare.toString())
      : checkLine("webhook", "unknown", "mail_not_raw", bare.toString()),
  ];
}
