import type { InboundEvent, MessageContent } from "../contract.ts";
import { firstText, keyOf, unknownOf } from "../read-json.ts";
import type { Reading } from "./reading.ts";

/**
 * A WhatsApp call is one message of kind `call`: `connect` opens it, `terminate` completes it as an
 * edit that adds its outcome and length in seconds.
 */
export function parseCall({ item, person, occurredAt, unknowns }: Reading): InboundEvent {
  const id = firstText(item, "id");
  const event = firstText(item, "event") ?? "unknown";
  if (id === null) return { kind: "ignored", why: "call without an id" };
  if (!person) return { kind: "ignored", why: "call with nobody" };
  const messageId = keyOf(id);
  const outgoing = firstText(item, "direction") === "BUSINESS_INITIATED";
  const heading = { person, occurredAt, direction: outgoing ? ("out" as const) : ("in" as const) };
  const seconds = Number(firstText(item, "duration"));
  const length = Number.isFinite(seconds) && seconds > 0 ? clock(seconds) : null;
  const content: MessageContent = {
    kind: "call",
    text: length === null ? "📞" : `📞 ${length}`,
    media: [],
    data: { event, status: firstText(item, "status"), seconds: length === null ? null : seconds },
  };
  if (event === "connect") return { kind: "message", messageId, ...heading, content, replyToId: null };
  if (event === "terminate") {
    return {
      kind: "edit",
      messageId: `${messageId}:end`,
      targetId: messageId,
      ...heading,
      content,
    };
  }
  unknowns.push(unknownOf("call.event", event));
  return { kind: "ignored", why: "unknown call event" };
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
