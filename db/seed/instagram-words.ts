import type { PlannedMessage } from "./plan-threads.ts";
import type { Outcome, ProviderWords } from "./provider-words.ts";

/** Instagram tells of messages, and of what was read; never of what was sent or arrived. */
export function instagramWords(line: PlannedMessage, outcome: Outcome | null): ProviderWords {
  const { channel, address } = line.thread;
  const timestamp = (outcome && line.readAt ? line.readAt : line.at).getTime();
  const item = {
    sender: { id: address.value },
    recipient: { id: channel.account },
    timestamp,
    ...(outcome ? { read: { mid: line.externalId } } : { message: { mid: line.externalId, ...contentOf(line) } }),
  };
  const payload = { id: channel.account, time: timestamp + 400, messaging: [item] };
  return {
    type: outcome ? "read" : `message.${line.extra.file ? "image" : "text"}`,
    dedupeKey: outcome ? `read:${line.externalId}` : `message:${line.externalId}`,
    payload,
    body: JSON.stringify({ object: "instagram", entry: [payload] }),
    headers: {
      "content-type": "application/json",
      "user-agent": "facebookexternalua",
      "x-hub-signature-256": "[redacted]",
    },
    path: "/webhooks/instagram",
  };
}

function contentOf({ text, extra }: PlannedMessage) {
  const picture = { type: "image", payload: { url: "https://lookaside.example/ig_messaging_cdn/" } };
  return {
    ...(extra.file && text === "📷" ? {} : { text }),
    ...(extra.file ? { attachments: [picture] } : {}),
    ...(extra.story === "reply" ? { reply_to: { story: { id: "17900000000000001" } } } : {}),
  };
}
