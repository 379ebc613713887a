import type { CallStatus } from "../contract.ts";

const never =
  /assistant-not-(?:valid|found)|failed-to-connect|misdialed|vonage-rejected|worker-shutdown|assistant-join-timed-out/;

/** How a call ended, by Vapi's reason: several hundred words of which families count. */
export function statusOfEnd(reason: string | null): CallStatus {
  if (reason === null) return "completed";
  if (reason === "voicemail") return "voicemail";
  if (/did-not-answer|no-answer/.test(reason)) return "no_answer";
  if (/(?:customer|operator)-busy/.test(reason)) return "busy";
  if (/manually-canceled|call-deleted|hungup-before-call-connect|scheduled-call-deleted/.test(reason))
    return "canceled";
  if (/forwarded-call|forwarding-phone-number|hook-executed-transfer/.test(reason)) return "completed";
  if (/assistant-request-(?:failed|returned)|call-start-error|did-not-give-microphone/.test(reason)) return "failed";
  // An error in the middle of a call: it was spoken on before.
  return never.test(reason) ? "failed" : "completed";
}
