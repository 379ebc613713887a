import type { JsonObject } from "../contract.ts";

/** The two ends of a chat, and when. */
interface Between {
  accountId: string;
  customerId: string;
  at: Date;
}

/** An event of a chat, as Meta writes it: the customer's, or with `echo` the business's own. */
export function chatPost({ accountId, customerId, at }: Between, event: JsonObject, echo = false): JsonObject {
  const [sender, recipient] = echo ? [accountId, customerId] : [customerId, accountId];
  return {
    object: "instagram",
    entry: [
      {
        id: accountId,
        time: Date.now(),
        messaging: [{ sender: { id: sender }, recipient: { id: recipient }, timestamp: at.getTime(), ...event }],
      },
    ],
  };
}

interface FakeComment {
  id: string;
  text: string;
  username: string;
}

/** The webhook of a comment under the business's last post. */
export function commentPost({ accountId, customerId, at }: Between, { id, text, username }: FakeComment): JsonObject {
  const seconds = Math.floor(at.getTime() / 1000);
  const from = { id: customerId, username };
  const media = { id: "18000000000000001", media_product_type: "FEED" };
  return {
    object: "instagram",
    entry: [
      {
        id: accountId,
        time: seconds,
        changes: [{ field: "comments", value: { from, media, id, text, timestamp: seconds } }],
      },
    ],
  };
}
