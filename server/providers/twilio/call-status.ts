import type { CallStatus } from "../contract.ts";

const statuses: Readonly<Record<string, CallStatus>> = {
  queued: "queued",
  initiated: "queued",
  ringing: "ringing",
  "in-progress": "in_progress",
  completed: "completed",
  busy: "busy",
  failed: "failed",
  "no-answer": "no_answer",
  canceled: "canceled",
};

/** Twilio's word for where a call is; null for one we do not know. */
export function statusOf(word: string): CallStatus | null {
  return Object.hasOwn(statuses, word) ? (statuses[word] ?? null) : null;
}
