import type { Json, JsonObject } from "../contract.ts";
import { firstText, instantOf, keyOf, objectOf } from "../read-json.ts";
import { lineOf } from "../call-event.ts";

/** A message of Vapi's server protocol, or a call as its API has it (`GET /call/{id}`). */
export interface ServerMessage {
  type: string;
  message: JsonObject;
  call: JsonObject | null;
  callId: string | null;
  assistantId: string | null;
  phoneNumberId: string | null;
  direction: "in" | "out";
  /** The customer's number and name as Vapi shows them. */
  customer: { number: string | null; name: string | null };
  ourNumber: string | null;
  forwardedFrom: string | null;
  at: Date | null;
}

/** What a logged event holds: `message` as it was posted, or `call` as it was asked for. */
export function readServerMessage(payload: JsonObject): ServerMessage {
  const fetched = objectOf(payload.call);
  const message = objectOf(payload.message) ?? fetched ?? {};
  const call = objectOf(payload.message) ? objectOf(message.call) : fetched;
  const phoneNumber = objectOf(message.phoneNumber) ?? objectOf(call?.phoneNumber);
  const customer = objectOf(message.customer) ?? objectOf(call?.customer);
  const transport = objectOf(call?.transport);
  const callId = firstText(call, "id");
  return {
    type: objectOf(payload.message) ? (firstText(message, "type") ?? "unknown") : "call",
    message,
    call,
    callId: callId === null ? null : keyOf(callId),
    assistantId: firstText(call, "assistantId") ?? firstText(objectOf(message.assistant), "id"),
    phoneNumberId: firstText(call, "phoneNumberId") ?? firstText(phoneNumber, "id"),
    direction: firstText(call, "type") === "outboundPhoneCall" ? "out" : "in",
    customer: { number: firstText(customer, "number"), name: firstText(customer, "name") },
    ourNumber: firstText(phoneNumber, "number"),
    forwardedFrom: lineOf(firstText(transport, "forwardedFrom") ?? firstText(call, "forwardedFrom")),
    at: instantOf(message.timestamp) ?? instantOf(call?.updatedAt),
  };
}

const secretNames = /secret|api_?key|auth_?token|calltoken|password|^authorization$/i;

/**
 * The message as the log may keep it. Vapi repeats the whole configuration of assistant, tools and
 * squad in every post, the customer's own secrets among it: that is left out.
 */
export function withoutConfiguration(message: JsonObject): JsonObject {
  const { toolWithToolCallList, ...rest } = message;
  const kept = clean(rest) as JsonObject;
  for (const holder of [kept, objectOf(kept.call)]) {
    if (!holder) continue;
    delete holder.squad;
    delete holder.assistantOverrides;
    const assistant = objectOf(holder.assistant);
    if (assistant) holder.assistant = namesOf(assistant);
  }
  if (kept.toolCallList === undefined && kept.toolCalls === undefined && Array.isArray(toolWithToolCallList)) {
    kept.toolWithToolCallList = toolWithToolCallList.slice(0, 100).map((tool) => {
      const { function: described, toolCall, ...more } = objectOf(tool) ?? {};
      const name = firstText(more, "name") ?? firstText(objectOf(described), "name");
      return { name, toolCall: clean(toolCall ?? null) };
    });
  }
  return kept;
}

function namesOf(assistant: JsonObject): JsonObject {
  const names: JsonObject = {};
  for (const name of ["id", "name"]) if (assistant[name] !== undefined) names[name] = assistant[name];
  return names;
}

function clean(value: Json): Json {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(clean);
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => [
    key,
    secretNames.test(key) && typeof inner === "string" ? "[redacted]" : clean(inner),
  ]);
  return Object.fromEntries(entries);
}
