import type { CallStatus, Json, JsonObject, ParsedEvent } from "../contract.ts";
import {
  amountOf,
  callEvent,
  callerOf,
  lineOf,
  recordingOf,
  secondsBetween,
  sentimentOf,
  wordsOf,
  type CallEvent,
  type CallTurn,
} from "../call-event.ts";
import { firstText, instantOf, listOf, objectOf, unknownOf } from "../read-json.ts";
import { callIdOf, forwardedFromOf, readRetellPost, sidesOf } from "./post.ts";

const events: Readonly<Record<string, CallStatus | "ended">> = {
  call_started: "in_progress",
  transcript_updated: "in_progress",
  transfer_started: "in_progress",
  transfer_bridged: "forwarded",
  transfer_cancelled: "in_progress",
  transfer_ended: "forwarded",
  call_ended: "ended",
  call_analyzed: "ended",
};
const states: Readonly<Record<string, CallStatus | "ended">> = {
  registered: "ringing",
  ongoing: "in_progress",
  ended: "ended",
  not_connected: "ended",
  error: "ended",
};
/** Understood, and nothing of it is kept beside the log. */
const passedOver: Readonly<Record<string, string>> = {
  agent_swap: "the agent handed over to another one",
  chat_analyzed: "a chat, not a call",
  chat_ended: "a chat, not a call",
  chat_inbound: "a chat, not a call",
  chat_started: "a chat, not a call",
  guichet_test: "our own test of the channel",
};

/** What an event of Retell, a function or a call as the API has it says of the call. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const read = readRetellPost(payload);
  if (read.form === "inbound") return ignored("the agent is being chosen: the call has no id yet");
  const event = read.form === "event" || read.form === "unknown" ? read.event : null;
  const passed = event !== null && Object.hasOwn(passedOver, event) ? passedOver[event] : undefined;
  if (passed !== undefined) return ignored(passed);
  if (read.form === "unknown") return { ...ignored("no call"), unknowns: [unknownOf("event", read.event)] };
  const callId = callIdOf(read.call) ?? (read.form === "function" ? read.callId : null);
  if (callId === null) return ignored("no call is named");
  if (read.form === "function") return said(read.call, callId, receivedAt, "in_progress");
  if (read.form === "call") {
    const state = firstText(read.call, "call_status") ?? "";
    const status = Object.hasOwn(states, state) ? states[state]! : null;
    return status
      ? said(read.call, callId, receivedAt, status)
      : { ...ignored("unknown status"), unknowns: [unknownOf("call_status", state)] };
  }
  const status = Object.hasOwn(events, read.event) ? events[read.event]! : null;
  if (status === null) return { ...ignored("unknown event"), unknowns: [unknownOf("event", read.event)] };
  return said(read.call, callId, receivedAt, status);
}

function said(call: JsonObject | null, callId: string, receivedAt: Date, status: CallStatus | "ended"): ParsedEvent {
  const unknowns: string[] = [];
  const { direction, from, to, theirs } = sidesOf(call);
  const startedAt = instantOf(call?.start_timestamp);
  const stated = instantOf(call?.end_timestamp);
  const transcript = turnsOf(call);
  const over = status === "ended";
  const endedAt = over ? (stated ?? lastWord(startedAt, transcript) ?? receivedAt) : null;
  const reason = firstText(call, "disconnection_reason");
  const analysis = objectOf(call?.call_analysis);
  const cents = amountOf(objectOf(call?.call_cost)?.combined_cost);
  const milliseconds = amountOf(call?.duration_ms, 1e9);
  const event = callEvent({
    callId,
    occurredAt: endedAt ?? lastWord(startedAt, transcript) ?? startedAt ?? receivedAt,
    direction,
    status: over ? statusOfEnd(reason) : status,
    person: callerOf(theirs, null),
    from: lineOf(from),
    to: lineOf(to),
    forwardedFrom: forwardedFromOf(call),
    assistantId: firstText(call, "agent_id"),
    startedAt,
    // Retell's clock starts when somebody takes the call.
    answeredAt: startedAt,
    endedAt,
  });
  if (!over) return { event: { ...event, transcript }, unknowns };
  const report: Partial<CallEvent> = {
    durationSeconds: milliseconds === null ? secondsBetween(startedAt, stated) : Math.round(milliseconds / 1000),
    costCents: cents === null ? null : Math.round(cents),
    currency: cents === null ? null : "USD",
    recording: recordingOf(firstText(call, "recording_url", "scrubbed_recording_url"), callId),
    transcript: transcript ?? turnsOfText(firstText(call, "transcript")),
    summary: wordsOf(firstText(analysis, "call_summary")),
    sentiment: sentimentOf(firstText(analysis, "user_sentiment")),
    endedReason: wordsOf(reason),
  };
  return { event: { ...event, ...report }, unknowns };
}

/** How a call ended, by Retell's reason. */
function statusOfEnd(reason: string | null): CallStatus {
  switch (reason) {
    case "dial_busy":
      return "busy";
    case "dial_no_answer":
    case "registered_call_timeout":
    case "user_declined":
      return "no_answer";
    case "voicemail_reached":
      return "voicemail";
    case "dial_failed":
    case "invalid_destination":
    case "telephony_provider_permission_denied":
    case "telephony_provider_unavailable":
    case "sip_routing_error":
    case "concurrency_limit_reached":
    case "no_valid_payment":
    case "scam_detected":
    case "marked_as_spam":
      return "failed";
    default:
      return "completed";
  }
}

const mostTurns = 2_000;

/** The turns with the functions in between, where Retell gives them; else those of the two speakers. */
function turnsOf(call: JsonObject | null): CallTurn[] | null {
  const lists = [call?.transcript_with_tool_calls, call?.transcript_object].map(listOf);
  const turns = (lists.find((list) => list.length > 0) ?? [])
    .slice(0, mostTurns)
    .flatMap((item) => turnOf(objectOf(item)));
  return turns.length === 0 ? null : turns;
}

function turnOf(turn: JsonObject | null): CallTurn[] {
  const role = firstText(turn, "role");
  const at = secondOf(turn?.start) ?? secondOf(objectOf(listOf(turn?.words)[0])?.start);
  const words = (text: string | null) => text?.slice(0, 5_000).toWellFormed() ?? "";
  if (role === "tool_call_invocation") {
    const text = [firstText(turn, "name"), firstText(turn, "arguments")].filter(Boolean).join(" ");
    return text === "" ? [] : [{ speaker: "tool", text: words(text), at: at ?? secondOf(turn?.time_sec) }];
  }
  const content = words(firstText(turn, "content"));
  if (content === "") return [];
  if (role === "tool_call_result")
    return [{ speaker: "tool", text: `→ ${content}`, at: at ?? secondOf(turn?.time_sec) }];
  if (role === "agent" || role === "transfer_target") return [{ speaker: "agent", text: content, at }];
  return role === "user" ? [{ speaker: "customer", text: content, at }] : [];
}

/** The running text (`Agent: … User: …`), where the turns were left out. */
function turnsOfText(text: string | null): CallTurn[] | null {
  const turns = (text ?? "")
    .slice(0, 200_000)
    .split("\n")
    .slice(0, mostTurns)
    .flatMap((line): CallTurn[] => {
      const [, who, words] = /^\s*(Agent|User): (.*)$/.exec(line) ?? [];
      return who && words?.trim()
        ? [
            {
              speaker: who === "Agent" ? "agent" : "customer",
              text: words.trim().slice(0, 5_000).toWellFormed(),
              at: null,
            },
          ]
        : [];
    });
  return turns.length === 0 ? null : turns;
}

/** When the last turn began: how far a call was that only its words tell of. */
function lastWord(startedAt: Date | null, turns: readonly CallTurn[] | null): Date | null {
  const second = turns?.findLast((turn) => turn.at !== null)?.at ?? null;
  return startedAt === null || second === null ? null : new Date(startedAt.getTime() + second * 1000);
}

function secondOf(value: Json | undefined): number | null {
  const second = amountOf(value, 1e6);
  return second === null ? null : Math.round(second * 10) / 10;
}

function ignored(why: string): ParsedEvent {
  return { event: { kind: "ignored", why }, unknowns: [] };
}
