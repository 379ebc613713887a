import { MalformedPost, type EventPart, type JsonObject, type RawPost } from "../contract.ts";
import { firstText, hashOf, instantOf, keyOf, objectOf, readJson } from "../read-json.ts";
import { canonicalAddress } from "./address.ts";
import { formOf, isJson, storableForm } from "./form.ts";
import { consentIn, kindOfPost, type PostKind } from "./post-kind.ts";
import { callerParameter, ourNumberParameter, stepParameter, voiceQueryOf } from "./voice-steps.ts";

const mostParameters = 500;
/** The query parameter of our status callback that carries our message id. */
export const trackingParameter = "message";

/**
 * A post of Twilio: one message, status or call. A STOP or START message is two events, the message
 * that people read and the consent it changes. Throws {@link MalformedPost}.
 */
export function split(post: RawPost): EventPart[] {
  if (isJson(post)) return splitJson(post);
  const fields = formOf(post);
  if (fields.size > mostParameters) throw new MalformedPost("too many parameters");
  const form = storableForm(fields);
  const kind = kindOfPost(form);
  if (firstText(form, "AccountSid") === null) throw new MalformedPost("no AccountSid");
  const tracking = trackingOf(post.url);
  const query = kind === "call" ? voiceQueryOf(post.url) : tracking === null ? {} : { tracking };
  const event = describe(kind, form, { form, ...query });
  const consent = kind === "message" ? consentIn(form) : null;
  if (consent === null) return [event];
  return [
    event,
    {
      ...event,
      type: `consent.${consent}`,
      dedupeKey: keyOf(`consent:${event.externalId}`),
      payload: { form, part: "consent" },
    },
  ];
}

function describe(kind: PostKind, form: JsonObject, payload: JsonObject): EventPart {
  const sid = firstText(form, kind === "call" ? "CallSid" : "MessageSid", "SmsSid", "SmsMessageSid");
  const { ours, theirs } = sidesOf(kind, payload);
  const said = kind === "message" ? messageType(form) : wordOf(kind, payload, form);
  return {
    routingKeys: routingKeys(kind, form, ours),
    type: word(`${kind}.${said ?? "unknown"}`),
    externalId: sid === null ? null : keyOf(sid),
    dedupeKey: keyOf(sid === null ? `unknown:${hashOf(form)}` : dedupeKey(kind, sid, said, form)),
    customerIdentifier: theirs === null ? null : keyOf(theirs),
    occurredAt: timeOf(form),
    payload,
  };
}

/** What the post reports of its message or call: a status, the end of a step, a recording. */
function wordOf(kind: PostKind, payload: JsonObject, form: JsonObject): string | null {
  if (kind !== "call") return firstText(form, "MessageStatus", "SmsStatus");
  return firstText(payload, stepParameter) ?? firstText(form, "CallStatus");
}

/**
 * Which address is the business's: `To` of what comes in, `From` of what went out. A recording's
 * callback names neither: our own query does.
 */
export function sidesOf(kind: PostKind, payload: JsonObject): { ours: string | null; theirs: string | null } {
  const form = objectOf(payload.form) ?? {};
  const direction = firstText(form, "Direction") ?? "inbound";
  const outgoing = kind === "status" || (kind === "call" && direction.startsWith("outbound"));
  const from = firstText(form, "From", "Caller");
  const to = firstText(form, "To", "Called");
  if (outgoing) return { ours: from, theirs: to };
  return { ours: to ?? firstText(payload, ourNumberParameter), theirs: from ?? firstText(payload, callerParameter) };
}

/**
 * A message belongs first to whoever claims the very number it came to, then to its messaging
 * service; a status first to the service, because the number was picked from a pool; a call first to
 * who claimed the number's voice.
 */
function routingKeys(kind: PostKind, form: JsonObject, ours: string | null): string[] {
  const account = firstText(form, "AccountSid");
  const service = firstText(form, "MessagingServiceSid");
  const number = ours === null ? null : canonicalAddress(ours);
  const voice = kind === "call" && number !== null ? `voice:${number}` : null;
  const owners = kind === "status" ? [service, number] : [voice, number, service];
  return owners.filter((owner) => owner !== null).map((owner) => keyOf(`twilio:${account}:${owner}`));
}

function dedupeKey(kind: PostKind, sid: string, said: string | null, form: JsonObject): string {
  if (kind === "message") return `message:${sid}`;
  const recording = firstText(form, "RecordingSid");
  const state = recording === null ? "" : `:${recording}:${firstText(form, "RecordingStatus") ?? ""}`;
  return `${kind}:${sid}:${said}${kind === "call" ? state : ""}`;
}

function messageType(form: JsonObject): string {
  if (Number(firstText(form, "NumMedia")) > 0) return "media";
  if (firstText(form, "Latitude") !== null) return "location";
  if (firstText(form, "ButtonText", "ListTitle", "InteractiveData") !== null) return "interactive";
  return "text";
}

/** `Timestamp` where Twilio gives one, else the carrier's `RawDlrDoneDate` (YYMMDDhhmm, UTC). */
export function timeOf(form: JsonObject): Date | null {
  const given = instantOf(form.Timestamp);
  if (given) return given;
  const [, year, month, day, hour, minute] =
    /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)/.exec(firstText(form, "RawDlrDoneDate") ?? "") ?? [];
  return year ? instantOf(`20${year}-${month}-${day}T${hour}:${minute}:00Z`) : null;
}

function trackingOf(url: string): string | null {
  const given = URL.canParse(url) ? new URL(url).searchParams.get(trackingParameter) : null;
  return given && /^[\w-]{1,64}$/.test(given) ? given : null;
}

/** Event streams and other JSON that an admin pointed here: kept and shown, not acted on. */
function splitJson(post: RawPost): EventPart[] {
  const body = readJson(post.body);
  const items = Array.isArray(body) ? body.slice(0, 1000) : [body];
  if (!Array.isArray(body) && !objectOf(body)) throw new MalformedPost("not an object");
  return items.map((item) => ({
    routingKeys: [],
    type: word(`event.${firstText(objectOf(item), "type") ?? "unknown"}`),
    externalId: null,
    dedupeKey: keyOf(`event:${firstText(objectOf(item), "id") ?? hashOf(item)}`),
    customerIdentifier: null,
    occurredAt: instantOf(objectOf(item)?.time),
    payload: { event: item },
  }));
}

function word(type: string): string {
  return type
    .toLowerCase()
    .replace(/[^a-z0-9_.]+/g, "_")
    .slice(0, 64)
    .toWellFormed();
}
