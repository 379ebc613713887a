import type { CallStatus, JsonObject, ParsedEvent } from "../contract.ts";
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
} from "../call-event.ts";
import { firstText, instantOf, listOf, objectOf, unknownOf } from "../read-json.ts";
import { statusOfEnd } from "./ended-reason.ts";
import { readServerMessage, type ServerMessage } from "./server-message.ts";
import { turnsOf, turnsOfText } from "./transcript.ts";

/** Understood, and nothing of it is kept beside the log. */
const passedOver: Readonly<Record<string, string>> = {
  "assistant.speechStarted": "the assistant speaks",
  "assistant.started": "the assistant is ready",
  "call.artifact.upload": "Vapi stored its own files",
  "call.delete.failed": "Vapi could not delete a call",
  "call.deleted": "a call was deleted at Vapi",
  "call.endpointing.request": "turn taking is left to Vapi",
  "campaign.predial": "campaigns are not run through Vapi",
  "chat.created": "a chat, not a call",
  "chat.deleted": "a chat, not a call",
  "handoff-destination-request": "hand-offs are left to the assistant",
  hang: "the assistant was slow to answer",
  "knowledge-base-request": "we keep no knowledge base",
  "language-change-detected": "the caller's language changed",
  "model-output": "a piece of the model's output",
  "phone-call-control": "control of the line is left to Vapi",
  "session.created": "a session, not a call",
  "session.deleted": "a session, not a call",
  "session.updated": "a session, not a call",
  "speech-update": "somebody began or stopped speaking",
  transcript: "one turn: the whole comes with the conversation",
  "transfer-destination-request": "who is rung is answered at once",
  "transfer-update": "the status says it",
  "user-interrupted": "the caller interrupted",
  "voice-input": "what the model is told",
  "voice-request": "speech is made by Vapi",
};

const statuses: Readonly<Record<string, CallStatus>> = {
  scheduled: "queued",
  queued: "queued",
  ringing: "ringing",
  "in-progress": "in_progress",
  forwarding: "forwarded",
};

/** What a message of Vapi, or a call as its API has it, says of the call. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const read = readServerMessage(payload);
  const passed = Object.hasOwn(passedOver, read.type) ? passedOver[read.type] : undefined;
  if (passed !== undefined) return ignored(passed);
  const { callId } = read;
  if (callId === null) return ignored("no call is named");
  const occurredAt = read.at ?? receivedAt;
  switch (read.type) {
    case "assistant-request":
      // Whose call a forwarded one is, is only known once it is answered: another channel may own it.
      if (read.forwardedFrom !== null || read.phoneNumberId === null) return ignored("the assistant is being chosen");
      return { event: say(read, callId, occurredAt, { status: "ringing" }), unknowns: [] };
    case "status-update":
      return parseStatus(read, callId, occurredAt, firstText(read.message, "status"));
    case "tool-calls":
    case "function-call":
      return { event: say(read, callId, occurredAt, { status: "in_progress" }), unknowns: [] };
    case "conversation-update": {
      const { message } = read;
      const turns = turnsOf(message.messages) ?? turnsOf(message.messagesOpenAIFormatted);
      return { event: say(read, callId, occurredAt, { status: "in_progress", transcript: turns }), unknowns: [] };
    }
    case "end-of-call-report":
      return { event: report(read, callId, occurredAt), unknowns: [] };
    case "call": {
      if (firstText(read.call, "status") === "ended") return { event: report(read, callId, occurredAt), unknowns: [] };
      return parseStatus(read, callId, occurredAt, firstText(read.call, "status"));
    }
    default:
      return { ...ignored("unknown message"), unknowns: [unknownOf("message.type", read.type)] };
  }
}

function parseStatus(read: ServerMessage, callId: string, occurredAt: Date, status: string | null): ParsedEvent {
  if (status === "ended") {
    const reason = firstText(read.message, "endedReason") ?? firstText(read.call, "endedReason");
    // Without a reason nobody knows yet how it ended: the report will say.
    const ended = { status: statusOfEnd(reason), endedAt: occurredAt, endedReason: wordsOf(reason) };
    return { event: say(read, callId, occurredAt, ended), unknowns: [] };
  }
  const known = status !== null && Object.hasOwn(statuses, status) ? statuses[status]! : null;
  if (known === null) return { ...ignored("unknown status"), unknowns: [unknownOf("status", status)] };
  const answeredAt = status === "in-progress" ? occurredAt : null;
  return { event: say(read, callId, occurredAt, { status: known, answeredAt }), unknowns: [] };
}

function say(read: ServerMessage, callId: string, occurredAt: Date, says: Partial<CallEvent>): CallEvent {
  const { call, direction, customer, ourNumber, forwardedFrom, assistantId } = read;
  const [theirs, ours] = [lineOf(customer.number), lineOf(ourNumber)];
  return callEvent({
    callId,
    occurredAt,
    direction,
    person: callerOf(customer.number, customer.name),
    from: direction === "in" ? theirs : ours,
    to: direction === "in" ? ours : theirs,
    forwardedFrom,
    assistantId,
    startedAt: instantOf(call?.createdAt),
    ...says,
  });
}

function report(read: ServerMessage, callId: string, occurredAt: Date): CallEvent {
  const { message, call } = read;
  const artifact = objectOf(message.artifact) ?? objectOf(call?.artifact);
  const analysis = objectOf(message.analysis) ?? objectOf(call?.analysis);
  const messages = [artifact?.messages, message.messages, call?.messages].find((list) => listOf(list).length > 0);
  const text = firstText(artifact, "transcript") ?? firstText(message, "transcript");
  const reason = firstText(message, "endedReason") ?? firstText(call, "endedReason");
  const answeredAt = instantOf(message.startedAt) ?? instantOf(call?.startedAt);
  const stated = instantOf(message.endedAt) ?? instantOf(call?.endedAt);
  const dollars = amountOf(message.cost) ?? amountOf(call?.cost);
  return say(read, callId, occurredAt, {
    status: statusOfEnd(reason),
    answeredAt,
    endedAt: stated ?? occurredAt,
    durationSeconds: amountOf(message.durationSeconds) ?? secondsBetween(answeredAt, stated),
    costCents: dollars === null ? null : Math.round(dollars * 100),
    currency: dollars === null ? null : "USD",
    recording: recordingOf(recordingUrl(message, artifact), callId),
    transcript: turnsOf(messages) ?? turnsOfText(text),
    summary: wordsOf(firstText(analysis, "summary") ?? firstText(message, "summary")),
    sentiment: sentimentOf(firstText(objectOf(analysis?.structuredData), "sentiment")),
    endedReason: wordsOf(reason),
  });
}

/** Both sides in one file, where there is one; the stable address before the one that is signed for an hour. */
export function recordingUrl(message: JsonObject, artifact: JsonObject | null): string | null {
  const recording = objectOf(artifact?.recording);
  return (
    firstText(artifact, "recordingUrl") ??
    firstText(message, "recordingUrl") ??
    firstText(objectOf(recording?.mono), "combinedUrl") ??
    firstText(artifact, "presignedMonoUrl", "stereoRecordingUrl") ??
    firstText(recording, "stereoUrl") ??
    firstText(message, "stereoRecordingUrl")
  );
}

function ignored(why: string): ParsedEvent {
  return { event: { kind: "ignored", why }, unknowns: [] };
}
