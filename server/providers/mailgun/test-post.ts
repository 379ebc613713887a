import { newToken } from "#server/core/ids.ts";
import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, RawPost } from "../contract.ts";
import { signatureOf } from "./verify.ts";

/** An event that is signed as Mailgun signs and means nothing. */
export function testPost({ credentials }: ChannelAccess, url: string, id: string): RawPost {
  const event = {
    event: "test",
    id: `guichet-${id}`,
    "user-variables": { guichet_from: senderOf(credentials).inbound },
  };
  return signedPost(url, credentials.signing_key ?? "", event);
}

export function signedPost(url: string, signingKey: string, event: object): RawPost {
  const [timestamp, token] = [String(Math.floor(Date.now() / 1000)), newToken(25)];
  const signature = { timestamp, token, signature: signatureOf(signingKey, timestamp, token) };
  return {
    url,
    headers: { "content-type": "application/json" },
    body: new TextEncoder().encode(JSON.stringify({ signature, "event-data": event })),
  };
}
