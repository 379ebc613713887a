import type { Json, JsonObject } from "../contract.ts";
import { argumentsOf } from "../call-event.ts";
import { firstText, hashOf, keyOf, listOf, objectOf } from "../read-json.ts";

/** A function that the assistant calls. */
export interface FunctionCall {
  /** Vapi's id of this call of the function. */
  key: string;
  name: string;
  arguments: JsonObject;
}

const mostCalls = 50;

/**
 * The functions a `tool-calls` message asks for: OpenAI's form (`function: {name, arguments}`, the
 * arguments an object or JSON text), Vapi's short one (`{id, name, parameters}`), or the list that
 * repeats each tool's configuration. The older `function-call` holds one without an id.
 */
export function functionCallsIn(message: JsonObject): FunctionCall[] {
  const single = objectOf(message.functionCall);
  const listed = [message.toolCallList, message.toolCalls].map(listOf).find((list) => list.length > 0) ?? [];
  const wrapped = listOf(message.toolWithToolCallList).map((tool) => {
    const name = firstText(objectOf(tool), "name") ?? firstText(objectOf(objectOf(tool)?.function), "name");
    return { ...(name === null ? {} : { name }), ...objectOf(objectOf(tool)?.toolCall) };
  });
  const calls: Json[] = listed.length > 0 ? listed : wrapped.length > 0 ? wrapped : single ? [single] : [];
  return calls.slice(0, mostCalls).flatMap((one) => functionCall(objectOf(one)) ?? []);
}

function functionCall(call: JsonObject | null): FunctionCall | null {
  if (!call) return null;
  const inner = objectOf(call.function);
  const name = firstText(inner, "name") ?? firstText(call, "name");
  if (name === null) return null;
  const args = argumentsOf(inner?.arguments ?? inner?.parameters ?? call.arguments ?? call.parameters);
  const id = firstText(call, "id", "toolCallId");
  const key = id ?? `hash:${hashOf([name, args])}`;
  return { key: keyOf(key), name: name.slice(0, 100).toWellFormed(), arguments: args };
}
