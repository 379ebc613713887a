import type { JsonObject } from "../contract.ts";
import { firstText } from "../read-json.ts";

export type PostKind = "message" | "status" | "call" | "unknown";

/**
 * What a form of Twilio is about. A message and its status use the same names: an inbound message
 * says `SmsStatus=received`, a status callback says `MessageStatus`.
 */
export function kindOfPost(form: JsonObject): PostKind {
  if (firstText(form, "CallSid") !== null) return "call";
  if (firstText(form, "MessageSid", "SmsSid", "SmsMessageSid") === null) return "unknown";
  const status = firstText(form, "MessageStatus", "SmsStatus");
  if (status === "received" || status === "receiving") return "message";
  if (status === null || "Body" in form || "NumMedia" in form) return "message";
  return "status";
}

/** STOP and its kin, as Twilio's default opt-out handling reads them: the whole text, any case. */
const stopWords = new Set(["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"]);
const startWords = new Set(["START", "UNSTOP"]);

/**
 * Whether a message withdraws (`stop`) or gives back (`start`) consent. Twilio's own verdict comes
 * first; "YES" alone is an answer far more often than a START, so only Twilio may say that it is one.
 */
export function consentIn(form: JsonObject): "stop" | "start" | null {
  const verdict = firstText(form, "OptOutType");
  if (verdict === "STOP") return "stop";
  if (verdict === "START") return "start";
  if (verdict !== null) return null;
  const word = (firstText(form, "Body") ?? "").trim().toUpperCase();
  if (stopWords.has(word)) return "stop";
  return startWords.has(word) ? "start" : null;
}
