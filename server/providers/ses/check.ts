import { checkLine, credentialLine, withoutDetails } from "../check-line.ts";
import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, CheckLine } from "../contract.ts";
import { call } from "./client.ts";

/** Asks SES whether the key is good, the account may send, and the address is its own. */
export async function check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]> {
  const { address } = senderOf(channel.credentials);
  const account = await call(channel, "/v2/email/account");
  const lines = [credentialLine(account, null)];
  if (account.kind === "answered" && account.status < 300) {
    const mayWrite = account.body?.SendingEnabled !== false;
    if (!mayWrite) lines.push(checkLine("sending", "fail", "account_not_active", null));
    else if (account.body?.ProductionAccessEnabled === false)
      lines.push(checkLine("sending", "fail", "account_in_sandbox", null));
    else lines.push(await identityLine(channel, address));
    // Which topics post where is SNS's to say, and a key for sending may not ask it.
    lines.push(checkLine("webhook", "unknown", "webhook_not_shown", expected.webhookUrl));
  }
  return withoutDetails(lines, [channel.credentials.secret_access_key]);
}

async function identityLine(channel: ChannelAccess, address: string): Promise<CheckLine> {
  const domain = address.slice(address.lastIndexOf("@") + 1);
  for (const identity of [domain, address]) {
    const answer = await call(channel, `/v2/email/identities/${encodeURIComponent(identity)}`);
    if (answer.kind !== "answered") return checkLine("sending", "unknown", "provider_unreachable", answer.text);
    if (answer.status < 300 && answer.body?.VerifiedForSendingStatus === true)
      return checkLine("sending", "pass", null, identity);
  }
  return checkLine("sending", "fail", "address_not_verified", address);
}
