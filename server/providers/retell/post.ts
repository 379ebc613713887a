import type { JsonObject } from "../contract.ts";
import { firstText, keyOf, objectOf } from "../read-json.ts";
import { lineOf } from "../call-event.ts";

/**
 * What a logged event of Retell holds, in one of four forms: an event with its call, a call that rings
 * and has no id yet, a function with (or without) its call, or a call as the API has it.
 */
export type RetellPost =
  | { form: "event"; event: string; call: JsonObject }
  | { form: "inbound"; call: JsonObject }
  | { form: "function"; name: string | null; args: JsonObject; call: JsonObject | null; callId: string | null }
  | { form: "call"; call: JsonObject }
  | { form: "unknown"; event: string };

/** Reads the payload that `split` or `fetchCall` made. */
export function readRetellPost(payload: JsonObject): RetellPost {
  const call = objectOf(payload.call);
  const inbound = objectOf(payload.call_inbound);
  const event = firstText(payload, "event");
  if (inbound) return { form: "inbound", call: inbound };
  if (payload.function !== undefined) {
    const called = objectOf(payload.function);
    const callId = firstText(call, "call_id") ?? firstText(called, "call_id");
    return {
      form: "function",
      name: firstText(called, "name"),
      args: objectOf(called?.args) ?? {},
      call,
      callId: callId === null ? null : keyOf(callId),
    };
  }
  if (event !== null) return call ? { form: "event", event, call } : { form: "unknown", event };
  return call ? { form: "call", call } : { form: "unknown", event: "unknown" };
}

export function callIdOf(call: JsonObject | null): string | null {
  const id = firstText(call, "call_id");
  return id === null ? null : keyOf(id);
}

/** Whose number is whose: of an inbound call the customer's is the first. */
export function sidesOf(call: JsonObject | null) {
  const direction = firstText(call, "direction") === "outbound" ? ("out" as const) : ("in" as const);
  const from = firstText(call, "from_number");
  const to = firstText(call, "to_number");
  return { direction, from, to, theirs: direction === "in" ? from : to, ours: direction === "in" ? to : from };
}

/** The number that sent the call on, where the line before it said so (SIP `Diversion`). */
export function forwardedFromOf(call: JsonObject | null): string | null {
  const headers = objectOf(call?.custom_sip_headers);
  const named = Object.entries(headers ?? {}).find(([name]) => /diversion|forwarded-?from/i.test(name))?.[1];
  const [, number] = typeof named === "string" ? (/(\+?\d{7,15})/.exec(named.slice(0, 200)) ?? []) : [];
  return number === undefined ? null : lineOf(number);
}
