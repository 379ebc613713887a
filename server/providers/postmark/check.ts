import { checkLine, credentialLine, withoutDetails } from "../check-line.ts";
import type { ChannelAccess, CheckLine, JsonObject } from "../contract.ts";
import { firstText } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";
import { call } from "./client.ts";

/** Asks Postmark whether the token is good, where inbound mail goes, and whether it comes whole. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const answer = await call(channel, "/server");
  const server = answer.kind === "answered" && answer.status < 300 ? answer.body : null;
  const lines = [credentialLine(answer, firstText(server, "Name"))];
  if (server) lines.push(...webhookLines(server, channel.credentials.webhook_password ?? "", expected.webhookUrl));
  return withoutDetails(lines, [channel.credentials.server_token, channel.credentials.webhook_password]);
}

function webhookLines(server: JsonObject, password: string, ours: string): CheckLine[] {
  const url = firstText(server, "InboundHookUrl");
  if (url === null || !URL.canParse(url)) return [checkLine("webhook", "fail", "webhook_missing", ours)];
  const bare = new URL(url);
  const given = bare.password;
  bare.username = "";
  bare.password = "";
  const shown = bare.toString();
  if (!isOurWebhook(shown, ours)) return [checkLine("webhook", "fail", "webhook_differs", shown)];
  const isWhole = server.RawEmailEnabled === true;
  return [
    isWhole ? checkLine("webhook", "pass", null, shown) : checkLine("webhook", "unknown", "mail_not_raw", shown),
    passwordLine(given, password),
  ];
}

function passwordLine(given: string, password: string): CheckLine {
  if (given === "") return checkLine("webhook_password", "fail", "webhook_without_password", null);
  return given === password
    ? checkLine("webhook_password", "pass", null, null)
    : checkLine("webhook_password", "fail", "webhook_password_differs", null);
}
