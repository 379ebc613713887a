import { createHash } from "node:crypto";
import type { ChannelAccess, RawPost } from "../contract.ts";
import { signatureOf } from "./verify.ts";

/** A signed status callback that says nothing yet (`queued`), so that no customer is made up. `To` is Twilio's own test number. */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const { account_sid = "", phone_number = "", messaging_service_sid = "", auth_token = "" } = channel.credentials;
  const form = new URLSearchParams({
    AccountSid: account_sid,
    MessageSid: `SM${createHash("md5").update(id).digest("hex")}`,
    MessageStatus: "queued",
    To: "+15005550006",
    ...(phone_number ? { From: phone_number } : {}),
    ...(messaging_service_sid ? { MessagingServiceSid: messaging_service_sid } : {}),
  });
  return {
    url,
    body: new TextEncoder().encode(form.toString()),
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "x-twilio-signature": signatureOf(url, form, auth_token),
    },
  };
}
