import type { JsonObject } from "../contract.ts";
import { firstText } from "../read-json.ts";

/** Query parameters of the addresses that we give Twilio in a call, signed with the rest of the URL. */
export const stepParameter = "step";
/** A recording's callback names neither side of the call: these two do. */
export const ourNumberParameter = "number";
export const callerParameter = "caller";
/** The step of a recording's callback: nobody waits for its answer. */
export const recordingStep = "recording";

/** What the query of a voice callback says, as it is kept beside the form. */
export function voiceQueryOf(url: string): JsonObject {
  const query = URL.canParse(url) ? new URL(url).searchParams : new URLSearchParams();
  const read = (name: string, form: RegExp) => {
    const value = query.get(name);
    return value !== null && form.test(value) ? { [name]: value } : {};
  };
  return {
    ...read(stepParameter, /^[a-z_]{1,40}$/),
    ...read(ourNumberParameter, /^[+\w:.-]{1,60}$/),
    ...read(callerParameter, /^[+\w:.-]{1,60}$/),
  };
}

/** Calls that a `<Dial>` of ours began, and progress that nobody waits for, are told apart from questions. */
export function stepOf(payload: JsonObject, form: JsonObject): string | null {
  const step = firstText(payload, stepParameter);
  if (step !== null) return step === recordingStep ? null : step;
  const inbound = (firstText(form, "Direction") ?? "inbound") === "inbound";
  const reports = ["CallbackSource", "ParentCallSid", "RecordingStatus", "CallDuration"];
  if (!inbound || firstText(form, ...reports) !== null) return null;
  const status = firstText(form, "CallStatus");
  return status === "ringing" || status === "in-progress" ? "start" : null;
}
