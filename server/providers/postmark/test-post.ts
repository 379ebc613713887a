import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, RawPost } from "../contract.ts";

/** A post that brings the channel's password and means nothing. */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const body = { GuichetTest: id, ID: id, From: senderOf(channel.credentials).inbound };
  return {
    url,
    headers: { "content-type": "application/json", authorization: basic(channel.credentials.webhook_password ?? "") },
    body: new TextEncoder().encode(JSON.stringify(body)),
  };
}

export function basic(password: string): string {
  return `Basic ${Buffer.from(`guichet:${password}`).toString("base64")}`;
}
