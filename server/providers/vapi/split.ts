import { MalformedPost, type EventPart, type JsonObject, type RawPost } from "../contract.ts";
import { firstText, hashOf, keyOf, objectOf, readJson } from "../read-json.ts";
import { readServerMessage, withoutConfiguration, type ServerMessage } from "./server-message.ts";
import { functionCallsIn } from "./tool-calls.ts";

/** A post of Vapi: one message of its server protocol. Throws {@link MalformedPost}. */
export function split(post: RawPost): EventPart[] {
  const body = objectOf(readJson(post.body));
  const message = objectOf(body?.message);
  if (!message) throw new MalformedPost("no message");
  const payload: JsonObject = { message: withoutConfiguration(message) };
  const read = readServerMessage(payload);
  return [
    {
      routingKeys: routingKeys(read),
      type: typeOf(read),
      externalId: read.callId,
      dedupeKey: keyOf(dedupeKey(read)),
      customerIdentifier: read.customer.number === null ? null : keyOf(read.customer.number),
      occurredAt: read.at,
      payload,
    },
  ];
}

/** The assistant says best whose call it is; before one is chosen, the number, then the number that forwarded it. */
function routingKeys({ assistantId, phoneNumberId, forwardedFrom }: ServerMessage): string[] {
  return [
    ...(assistantId === null ? [] : [keyOf(`vapi:assistant:${assistantId}`)]),
    ...(phoneNumberId === null ? [] : [keyOf(`vapi:number:${phoneNumberId}`)]),
    ...(forwardedFrom === null ? [] : [keyOf(`vapi:forwarded:${forwardedFrom}`)]),
  ];
}

function typeOf({ type, message }: ServerMessage): string {
  const status = type === "status-update" ? `.${firstText(message, "status") ?? "unknown"}` : "";
  return `${type}${status}`
    .toLowerCase()
    .replace(/[^a-z0-9_.-]+/g, "_")
    .slice(0, 64);
}

/** Vapi repeats a post only where it was told to; what tells two apart is what each is about. */
function dedupeKey(read: ServerMessage): string {
  const { type, message, callId } = read;
  const about = `${type}:${callId ?? "-"}`;
  if (callId === null) return `${about}:${hashOf(message)}`;
  switch (type) {
    case "status-update":
      return `${about}:${firstText(message, "status") ?? hashOf(message)}`;
    case "end-of-call-report":
    case "assistant-request":
      return about;
    case "tool-calls":
    case "function-call":
      return `${about}:${functionCallsIn(message)
        .map(({ key }) => key)
        .join(",")}`;
    default:
      return `${about}:${hashOf(message)}`;
  }
}
