import type { InboundEvent, MessageContent } from "../contract.ts";
import { firstText, keyOf, unknownOf } from "../read-json.ts";
import { personOf } from "./address.ts";
import type { Reading } from "./reading.ts";
import { sidesOf } from "./split.ts";

const opening = new Set(["queued", "initiated", "ringing"]);
const closing = new Set(["completed", "busy", "failed", "no-answer", "canceled"]);

/**
 * A phone call is one message of kind `call`: ringing opens it, its end completes it as an edit that
 * adds the outcome and the length in seconds.
 */
export function parseCall({ form, occurredAt, unknowns }: Reading): InboundEvent {
  const sid = firstText(form, "CallSid");
  const { theirs } = sidesOf("call", form);
  if (sid === null || theirs === null) return { kind: "ignored", why: "call with nobody" };
  const status = firstText(form, "CallStatus") ?? "unknown";
  const seconds = Number(firstText(form, "CallDuration", "Duration")) || 0;
  const direction = (firstText(form, "Direction") ?? "inbound").startsWith("outbound") ? "out" : "in";
  const heading = {
    person: personOf(theirs, direction === "in" ? firstText(form, "CallerName") : null, null),
    occurredAt,
    direction: direction as "in" | "out",
  };
  const content: MessageContent = {
    kind: "call",
    text: seconds > 0 ? `📞 ${clock(seconds)}` : "📞",
    media: [],
    data: { status, seconds: seconds > 0 ? seconds : null },
  };
  const messageId = keyOf(sid);
  if (opening.has(status)) return { kind: "message", messageId, ...heading, content, replyToId: null };
  if (closing.has(status)) {
    return {
      kind: "edit",
      messageId: `${messageId}:end`,
      targetId: messageId,
      ...heading,
      content,
    };
  }
  if (status !== "in-progress") unknowns.push(unknownOf("CallStatus", status));
  return { kind: "ignored", why: `call ${status.slice(0, 40).toWellFormed()}` };
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
