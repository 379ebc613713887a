import type { EventPart, LiveAnswer, LiveQuestion, VoiceAction } from "../contract.ts";
import { firstText, objectOf } from "../read-json.ts";
import { kindOfPost } from "./post-kind.ts";
import { sidesOf, trackingParameter } from "./split.ts";
import { element, twimlOf, type Element } from "./twiml.ts";
import { callerParameter, ourNumberParameter, recordingStep, stepOf, stepParameter } from "./voice-steps.ts";

const contentType = "text/xml; charset=utf-8";

/** Twilio waits 15 seconds. */
export const liveLimitMs = 15_000;

/** A text may be answered at once; a call that rings, or whose step is over, must be. */
export function liveQuestion({ payload, externalId }: EventPart): LiveQuestion | null {
  const form = objectOf(payload.form);
  if (!form || externalId === null || payload.part === "consent") return null;
  const kind = kindOfPost(form);
  const { ours, theirs } = sidesOf(kind, payload);
  if (kind === "message" && theirs !== null) return { kind: "message", messageId: externalId, from: theirs };
  const step = kind === "call" ? stepOf(payload, form) : null;
  if (step === null) return null;
  return { kind: "call", callId: externalId, step, from: theirs, to: ours, outcome: outcomeOf(form) };
}

/** How a step ended, in our words: `answered`, `no_answer`, `busy`, `recorded`, `hung_up` … */
function outcomeOf(form: EventPart["payload"]): string | null {
  const dialled = firstText(form, "DialCallStatus");
  if (dialled !== null) return dialled === "completed" ? "answered" : dialled.toLowerCase().replaceAll("-", "_");
  if (Number(firstText(form, "RecordingDuration")) > 0) return "recorded";
  return firstText(form, "CallStatus") === "completed" ? "hung_up" : null;
}

/** TwiML: a message with a callback that carries its id, or what the caller hears. */
export function liveAnswer(part: EventPart, answer: LiveAnswer, url: string): { contentType: string; body: string } {
  return { contentType, body: bodyOf(part, answer, url) };
}

function bodyOf(part: EventPart, answer: LiveAnswer, url: string): string {
  if (answer.kind === "message" && answer.text !== null && answer.text !== "") {
    const statusCallback = answer.trackingId ? addressOf(url, { [trackingParameter]: answer.trackingId }) : null;
    return twimlOf(element("Message", { statusCallback }, element("Body", {}, answer.text)));
  }
  const actions = answer.kind === "call" ? answer.actions : [];
  return twimlOf(...actions.map((action) => verbOf(part, action, url)));
}

const voices = { fr: "fr-FR", en: "en-GB" } as const;

function verbOf(part: EventPart, action: VoiceAction, url: string): Element {
  const next = (step: string) => ({ action: addressOf(url, { [stepParameter]: step }), method: "POST" });
  switch (action.do) {
    case "say":
      return element("Say", { language: voices[action.language] }, action.text);
    case "dial": {
      const target = action.number.startsWith("sip:") ? "Sip" : "Number";
      return element("Dial", { ...next(action.next), timeout: action.seconds }, element(target, {}, action.number));
    }
    case "record": {
      const { ours, theirs } = sidesOf("call", part.payload);
      const sides = { [ourNumberParameter]: ours, [callerParameter]: theirs };
      return element("Record", {
        ...next(action.next),
        maxLength: action.maxSeconds,
        playBeep: true,
        recordingStatusCallback: addressOf(url, { [stepParameter]: recordingStep, ...sides }),
        recordingStatusCallbackEvent: "completed absent",
      });
    }
    case "hang_up":
      return element("Hangup");
  }
}

/** The address that Twilio came to, with another query. */
function addressOf(url: string, query: Record<string, string | null>): string {
  const address = new URL(url);
  address.search = "";
  for (const [name, value] of Object.entries(query)) if (value !== null) address.searchParams.set(name, value);
  return address.toString();
}
