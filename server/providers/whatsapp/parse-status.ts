import type { DeliveryStatus, InboundEvent, JsonObject } from "../contract.ts";
import { firstText, keyOf, listOf, objectOf, unknownKeys, unknownOf } from "../read-json.ts";
import { known } from "./known-fields.ts";
import type { Reading } from "./reading.ts";

/** `played` (a voice message was listened to) is the same tick as `read`. */
const ranks: Readonly<Record<string, DeliveryStatus>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  played: "read",
  failed: "failed",
};

/** How far a message of ours has come. Ranks decide, not the order of arrival. */
export function parseStatus({ item, occurredAt, unknowns }: Reading): InboundEvent {
  const id = firstText(item, "id");
  const word = firstText(item, "status") ?? "";
  if (id === null) return { kind: "ignored", why: "status of no message" };
  if (firstText(item, "type") === "call") return { kind: "ignored", why: `call ${word.toLowerCase()}` };
  unknowns.push(...unknownKeys(item, known.status, "status"));
  const status = Object.hasOwn(ranks, word) ? ranks[word] : undefined;
  if (!status) {
    unknowns.push(unknownOf("status.status", word));
    return { kind: "ignored", why: `unknown status ${word.slice(0, 40).toWellFormed()}` };
  }
  const tracker = firstText(item, "biz_opaque_callback_data");
  return {
    kind: "status",
    messageId: keyOf(id),
    trackingId: tracker === null ? null : keyOf(tracker),
    status,
    error: errorOf(item, status),
    occurredAt,
    costCents: null,
  };
}

type StatusError = Extract<InboundEvent, { kind: "status" }>["error"] & object;

function errorOf(item: JsonObject, status: DeliveryStatus): StatusError | null {
  const error = objectOf(listOf(item.errors)[0]);
  if (!error) return status === "failed" ? { code: "unknown", text: "failed" } : null;
  const details = firstText(objectOf(error.error_data), "details");
  const text = details ?? firstText(error, "message", "title", "details") ?? "failed";
  const code = firstText(error, "code");
  return {
    code: code?.slice(0, 40).toWellFormed() ?? "unknown",
    text: text.slice(0, 500).toWellFormed(),
    ...(code === "131047" ? { class: "window" } : {}),
  };
}
