import type { InboundEvent, JsonObject } from "../contract.ts";
import { firstText, instantOf, keyOf } from "../read-json.ts";
import { callerOf } from "./address.ts";
import { callEvent } from "../call-event.ts";
import { statusOf } from "./call-status.ts";

/** A call as Twilio's API knows it, price included: asked for when its callbacks stopped coming. */
export function readCall(call: JsonObject, askedAt: Date): InboundEvent {
  const sid = firstText(call, "sid");
  if (sid === null) return { kind: "ignored", why: "call without an id" };
  const direction = (firstText(call, "direction") ?? "inbound").startsWith("outbound") ? "out" : "in";
  const [from, to] = [firstText(call, "from"), firstText(call, "to")];
  const theirs = direction === "in" ? from : to;
  const price = Number(firstText(call, "price") ?? Number.NaN);
  const endedAt = instantOf(call.end_time);
  return callEvent({
    callId: keyOf(sid),
    direction,
    status: statusOf(firstText(call, "status") ?? ""),
    person: callerOf(theirs, firstText(call, "caller_name")),
    from,
    to,
    forwardedFrom: firstText(call, "forwarded_from"),
    startedAt: instantOf(call.start_time),
    endedAt,
    durationSeconds: endedAt === null ? null : Number(firstText(call, "duration")) || 0,
    ...(Number.isFinite(price)
      ? { costCents: Math.round(Math.abs(price) * 100), currency: firstText(call, "price_unit") ?? "USD" }
      : {}),
    occurredAt: askedAt,
  });
}
