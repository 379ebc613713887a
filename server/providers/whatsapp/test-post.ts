import type { ChannelAccess, RawPost } from "../contract.ts";
import { signatureOf } from "../meta-signature.ts";

/** A signed post about the number that means nothing: a field of our own, so that no customer is made up. */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const { phone_number_id, business_account_id, display_phone_number = "", app_secret = "" } = channel.credentials;
  const metadata = { display_phone_number: display_phone_number.replace(/\D/g, ""), phone_number_id };
  const value = { messaging_product: "whatsapp", metadata, event: "test", id };
  const post = {
    object: "whatsapp_business_account",
    entry: [{ id: business_account_id, time: Math.floor(Date.now() / 1000), changes: [{ field: "guichet", value }] }],
  };
  const body = new TextEncoder().encode(JSON.stringify(post));
  return {
    url,
    body,
    headers: { "content-type": "application/json", "x-hub-signature-256": signatureOf(body, app_secret) },
  };
}
