import { checkLine, credentialLine, withoutDetails } from "../check-line.ts";
import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, CheckLine } from "../contract.ts";
import { firstText, listOf, objectOf, textOf } from "../read-json.ts";
import { isOurWebhook } from "../webhook-address.ts";
import { call } from "./client.ts";

/** Asks Mailgun whether the key is good, the domain ready, and whether a route brings mail to us. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const { domain = "", api_key: key, signing_key: signing } = channel.credentials;
  const answer = await call(channel, `/v3/domains/${domain}`);
  const found = answer.kind === "answered" && answer.status < 300 ? objectOf(answer.body?.domain) : null;
  const isMissing = answer.kind === "answered" && answer.status === 404;
  const lines = isMissing
    ? [checkLine("credential", "pass", null, null), checkLine("sending", "fail", "domain_not_found", domain)]
    : [credentialLine(answer, domain)];
  if (found) {
    const state = firstText(found, "state") ?? "";
    lines.push(
      state === "active"
        ? checkLine("sending", "pass", null, domain)
        : checkLine("sending", "fail", "domain_not_verified", state),
    );
    lines.push(await routeLine(channel, expected.webhookUrl), ...(await signingKeyLines(channel)));
  }
  return withoutDetails(lines, [key, signing]);
}

async function routeLine(channel: ChannelAccess, webhookUrl: string): Promise<CheckLine> {
  const answer = await call(channel, "/v3/routes?limit=100");
  if (answer.kind !== "answered" || answer.status >= 300)
    return checkLine("webhook", "unknown", "webhook_not_shown", webhookUrl);
  const { inbound } = senderOf(channel.credentials);
  const urls = listOf(answer.body?.items)
    .map(objectOf)
    .flatMap((route) => listOf(route?.actions).flatMap((action) => textOf(action) ?? []))
    .flatMap((action) => /forward\(["']?(https?:\/\/[^"')]+)/.exec(action)?.[1] ?? []);
  const ours = urls.find((url) => isOurWebhook(url.replace(/\?mime$/, ""), webhookUrl));
  if (!ours)
    return checkLine("webhook", "fail", urls.length > 0 ? "webhook_differs" : "webhook_missing", urls[0] ?? inbound);
  return checkLine("webhook", "pass", null, ours);
}

/** Only an account's own key may read the signing key; a domain's may not, and nothing is said. */
async function signingKeyLines(channel: ChannelAccess): Promise<CheckLine[]> {
  const answer = await call(channel, "/v5/accounts/http_signing_key");
  const key = answer.kind === "answered" && answer.status < 300 ? firstText(answer.body, "http_signing_key") : null;
  if (key === null) return [];
  return [
    key === channel.credentials.signing_key
      ? checkLine("signing_key", "pass", null, null)
      : checkLine("signing_key", "fail", "signing_key_differs", null),
  ];
}
