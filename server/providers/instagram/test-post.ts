import type { ChannelAccess, RawPost } from "../contract.ts";
import { signatureOf } from "../meta-signature.ts";

/** A signed post about the account that means nothing: a field of our own, so that no customer is made up. */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const { business_account_id, app_secret = "" } = channel.credentials;
  const time = Math.floor(Date.now() / 1000);
  const changes = [{ field: "guichet", value: { event: "test", id } }];
  const body = new TextEncoder().encode(
    JSON.stringify({ object: "instagram", entry: [{ id: business_account_id, time, changes }] }),
  );
  return {
    url,
    body,
    headers: { "content-type": "application/json", "x-hub-signature-256": signatureOf(body, app_secret) },
  };
}
