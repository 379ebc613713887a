import type { CallStatus, InboundEvent } from "../contract.ts";

export type CallEvent = Extract<InboundEvent, { kind: "call" }>;

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

/** An event of a call that says what is given and nothing of the rest. */
export function callEvent(
  said: Partial<CallEvent> & Pick<CallEvent, "callId" | "direction" | "occurredAt">,
): CallEvent {
  return {
    kind: "call",
    status: null,
    person: null,
    from: null,
    to: null,
    forwardedFrom: null,
    assistantId: null,
    startedAt: null,
    answeredAt: null,
    endedAt: null,
    durationSeconds: null,
    costCents: null,
    currency: null,
    recording: null,
    transcript: null,
    summary: null,
    sentiment: null,
    endedReason: null,
    ...said,
  };
}
