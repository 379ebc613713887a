import type { ChannelAccess, RawPost } from "../contract.ts";

/** A message that says nothing of a call (`hang`), with the secret that Vapi would send. */
export function testPost({ credentials }: ChannelAccess, url: string, id: string): RawPost {
  const message = {
    type: "hang",
    timestamp: Date.now(),
    call: { id: `guichet-${id}`, assistantId: credentials.assistant_id ?? "" },
  };
  return {
    url,
    headers: { "content-type": "application/json", "x-vapi-secret": credentials.server_secret ?? "" },
    body: new TextEncoder().encode(JSON.stringify({ message })),
  };
}
