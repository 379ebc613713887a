import type { DeliveryStatus, InboundEvent } from "../contract.ts";
import { firstText, keyOf, unknownOf } from "../read-json.ts";
import type { Reading } from "./reading.ts";
import { refusalClass } from "./refusals.ts";

const ranks: Readonly<Record<string, DeliveryStatus>> = {
  sent: "sent",
  delivered: "delivered",
  read: "read",
  undelivered: "failed",
  failed: "failed",
  canceled: "failed",
};
/** Twilio has it, the network does not yet: nothing to show that "pending" does not say. */
const beforeSent = new Set(["accepted", "scheduled", "queued", "sending"]);

/** How far a message of ours has come. Callbacks are unordered: ranks decide. */
export function parseStatus({ form, tracking, occurredAt, unknowns }: Reading): InboundEvent {
  const sid = firstText(form, "MessageSid", "SmsSid");
  const word = (firstText(form, "MessageStatus", "SmsStatus") ?? "").toLowerCase();
  if (sid === null) return { kind: "ignored", why: "status of no message" };
  if (beforeSent.has(word)) return { kind: "ignored", why: `not sent yet (${word})` };
  const status = Object.hasOwn(ranks, word) ? ranks[word] : undefined;
  if (!status) {
    unknowns.push(unknownOf("MessageStatus", word));
    return { kind: "ignored", why: `unknown status ${word.slice(0, 40).toWellFormed()}` };
  }
  const code = firstText(form, "ErrorCode") ?? (status === "failed" ? word : null);
  const text = firstText(form, "ErrorMessage", "ChannelStatusMessage") ?? word;
  return {
    kind: "status",
    messageId: keyOf(sid),
    trackingId: tracking,
    status,
    error: code === null ? null : errorOf(code, text),
    occurredAt,
    costCents: null,
  };
}

/** An undelivered message is not tried again: only what its code says of the person or the window counts. */
function errorOf(code: string, text: string) {
  const refusal = /^\d{1,6}$/.test(code) ? refusalClass(400, Number(code)) : null;
  const lasting = refusal === "window" || refusal === "opted_out" ? { class: refusal } : {};
  return { code: code.slice(0, 40).toWellFormed(), text: text.slice(0, 500).toWellFormed(), ...lasting };
}
