import { newId } from "#server/core/ids.ts";
import { senderOf } from "#server/mail/index.ts";
import type { ChannelAccess, JsonObject, RawPost } from "../contract.ts";
import { signAsStandIn } from "./stand-in-key.ts";

/** A message of the channel's topic, signed by this process in SNS's place, that means nothing. */
export function testPost({ credentials }: ChannelAccess, url: string, id: string): RawPost {
  const event = { eventType: "Click", mail: { messageId: `guichet-${id}`, source: senderOf(credentials).inbound } };
  return snsPost(url, notice(credentials.topic_arn ?? "", event));
}

/** A signed notification. */
export function notice(topic: string, event: JsonObject): JsonObject {
  return signAsStandIn({
    Type: "Notification",
    MessageId: newId(),
    TopicArn: topic,
    Message: JSON.stringify(event),
    Timestamp: new Date().toISOString(),
  });
}

export function snsPost(url: string, message: JsonObject): RawPost {
  return {
    url,
    headers: { "content-type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": "Notification" },
    body: new TextEncoder().encode(JSON.stringify(message)),
  };
}
