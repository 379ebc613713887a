import { createHash } from "node:crypto";
import type { ChannelAccess, RawPost } from "../contract.ts";
import { channelTypeOf } from "./credentials.ts";
import { signatureOf } from "./verify.ts";

/**
 * A signed report that says nothing (a text that is queued, a leg of somebody's call), so that no customer
 * is made up. The other side is Twilio's own test number.
 */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const { account_sid = "", auth_token = "" } = channel.credentials;
  const told = channelTypeOf(channel.credentials) === "phone" ? callReport : textReport;
  const form = new URLSearchParams({
    AccountSid: account_sid,
    ...told(channel, createHash("md5").update(id).digest("hex")),
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

const testNumber = "+15005550006";

function textReport({ credentials }: ChannelAccess, hash: string): Record<string, string> {
  const { phone_number = "", messaging_service_sid = "" } = credentials;
  return {
    MessageSid: `SM${hash}`,
    MessageStatus: "queued",
    To: testNumber,
    ...(phone_number ? { From: phone_number } : {}),
    ...(messaging_service_sid ? { MessagingServiceSid: messaging_service_sid } : {}),
  };
}

function callReport({ credentials }: ChannelAccess, hash: string): Record<string, string> {
  const { phone_number = "" } = credentials;
  const sids = { CallSid: `CA${hash}`, ParentCallSid: `CA${"0".repeat(32)}` };
  return { ...sids, CallStatus: "queued", Direction: "inbound", From: testNumber, To: phone_number };
}
