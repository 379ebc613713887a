import type { ChannelAccess, RawPost } from "../contract.ts";
import { signatureOf } from "./verify.ts";

/** A signed event of our own name, which no call is told by. */
export function testPost({ credentials }: ChannelAccess, url: string, id: string): RawPost {
  const call = { call_id: `guichet-${id}`, agent_id: credentials.agent_id ?? "" };
  const body = new TextEncoder().encode(JSON.stringify({ event: "guichet_test", call }));
  return {
    url,
    headers: {
      "content-type": "application/json",
      "x-retell-signature": signatureOf(body, new Date(), credentials.api_key ?? ""),
    },
    body,
  };
}
