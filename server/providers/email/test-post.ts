import type { ChannelAccess, RawPost } from "../contract.ts";
import { mailboxHeader } from "./split.ts";

/** A mail from the mailbox to itself, as the worker would find it: it is read and means nothing. */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const { address = "" } = channel.credentials;
  const lines = [
    `Message-ID: <${id}.test@${address.slice(address.lastIndexOf("@") + 1)}>`,
    `Date: ${new Date().toUTCString()}`,
    `From: ${address}`,
    `To: ${address}`,
    "Subject: Test",
    "Auto-Submitted: auto-generated",
    "",
    "Test",
    "",
  ];
  return {
    url,
    body: new TextEncoder().encode(lines.join("\r\n")),
    headers: { "content-type": "message/rfc822", [mailboxHeader]: address },
  };
}
