import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, RawPost } from "../contract.ts";

/** A form as Inbound Parse posts it, with no mail in it: SendGrid's own signature only SendGrid can make. */
export function testPost(channel: ChannelAccess, url: string, id: string): RawPost {
  const boundary = "guichet-essai";
  const fields = Object.entries({ guichet_test: id, from: senderOf(channel.credentials).inbound });
  const parts = fields.map(
    ([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  return {
    url,
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    body: new TextEncoder().encode(`${parts.join("")}--${boundary}--\r\n`),
  };
}
