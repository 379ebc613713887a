import type { CallStatus, InboundEvent, JsonObject, MediaRef } from "../contract.ts";
import { firstText, keyOf, unknownOf } from "../read-json.ts";
import { callerOf } from "./address.ts";
import { callEvent, type CallEvent } from "../call-event.ts";
import { statusOf } from "./call-status.ts";
import type { Reading } from "./reading.ts";
import { sidesOf } from "./split.ts";

/** What one post says of a call: that it rings, that a step of it is over, that it was recorded, how it ended. */
export function parseCall({ form, payload, occurredAt, unknowns }: Reading): InboundEvent {
  const sid = firstText(form, "CallSid");
  if (sid === null) return { kind: "ignored", why: "call without an id" };
  // A number that a `<Dial>` of ours called: what matters of it comes with the step's end.
  if (firstText(form, "ParentCallSid") !== null) return { kind: "ignored", why: "leg of a forwarded call" };
  const { ours, theirs } = sidesOf("call", payload);
  const direction = (firstText(form, "Direction") ?? "inbound").startsWith("outbound") ? "out" : "in";
  const word = firstText(form, "CallStatus");
  const status = word === null ? null : statusOf(word);
  if (word !== null && status === null) unknowns.push(unknownOf("CallStatus", word));
  const ended = status !== null && closing.has(status);
  return callEvent({
    callId: keyOf(sid),
    direction,
    status,
    person: callerOf(theirs, direction === "in" ? firstText(form, "CallerName") : null),
    from: direction === "in" ? theirs : ours,
    to: direction === "in" ? ours : theirs,
    forwardedFrom: firstText(form, "ForwardedFrom"),
    startedAt: status === "ringing" || status === "queued" ? occurredAt : null,
    endedAt: ended ? occurredAt : null,
    durationSeconds: ended ? secondsOf(form, "CallDuration") : null,
    endedReason: ended && status !== "completed" ? word : null,
    ...dialled(form, occurredAt),
    ...recorded(form, unknowns),
    occurredAt,
  });
}

const closing: ReadonlySet<CallStatus> = new Set(["completed", "busy", "failed", "no_answer", "canceled"]);

/** The call was passed on: somebody took it, or why nobody did. */
function dialled(form: JsonObject, occurredAt: Date): Partial<CallEvent> {
  const word = firstText(form, "DialCallStatus");
  if (word === null) return {};
  if (word !== "completed" && word !== "answered")
    return { status: statusOf(word) ?? "no_answer", endedReason: `dial ${word}`.slice(0, 100) };
  const seconds = secondsOf(form, "DialCallDuration") ?? 0;
  return { status: "forwarded", answeredAt: new Date(occurredAt.getTime() - seconds * 1000) };
}

/** The end of a recording: one of the voicemail, where our `<Record>` made it. A caller who said nothing was not answered. */
function recorded(form: JsonObject, unknowns: string[]): Partial<CallEvent> {
  const [sid, url] = [firstText(form, "RecordingSid"), firstText(form, "RecordingUrl")];
  const state = firstText(form, "RecordingStatus");
  const seconds = secondsOf(form, "RecordingDuration");
  if (state === "absent" || state === "failed" || (sid !== null && seconds === 0))
    return { status: "no_answer", endedReason: "voicemail without a message" };
  if (sid === null || url === null) return {};
  if (state !== null && state !== "completed") {
    if (state !== "in-progress") unknowns.push(unknownOf("RecordingStatus", state));
    return {};
  }
  const ofConversation = (firstText(form, "RecordingSource") ?? "RecordVerb").startsWith("Dial");
  return { ...(ofConversation ? {} : { status: "voicemail" as const }), recording: recordingOf(sid, url) };
}

/** Twilio keeps a recording as WAVE, and gives MP3 where the address ends so. */
function recordingOf(sid: string, url: string): MediaRef {
  return {
    kind: "audio",
    mediaId: keyOf(sid),
    url: /\.(?:mp3|wav)$/.test(url) ? url : `${url}.mp3`,
    mimeType: "audio/mpeg",
    fileName: `${keyOf(sid)}.mp3`,
    bytes: null,
    sha256: null,
    error: null,
  };
}

function secondsOf(form: JsonObject, name: string): number | null {
  const text = firstText(form, name);
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
