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
const words: Readonly<Record<string, Keyword>> = Object.fromEntries([
  ...["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"].map((word) => [word, "stop"]),
  ...["START", "UNSTOP"].map((word) => [word, "start"]),
  ...["HELP", "INFO"].map((word) => [word, "help"]),
]);

/** A word for the carrier rather than for a person. */
export type Keyword = "stop" | "start" | "help";

/**
 * The keyword that a message is. Twilio's own verdict comes first; "YES" alone is an answer far more
 * often than a START, so only Twilio may say that it is one.
 */
export function keywordIn(form: JsonObject): Keyword | null {
  const verdict = firstText(form, "OptOutType")?.toLowerCase();
  if (verdict !== undefined) return verdict === "stop" || verdict === "start" || verdict === "help" ? verdict : null;
  const word = (firstText(form, "Body") ?? "").trim().toUpperCase();
  return Object.hasOwn(words, word) ? (words[word] ?? null) : null;
}

/** Whether a message withdraws (`stop`) or gives back (`start`) consent. */
export function consentIn(form: JsonObject): "stop" | "start" | null {
  const keyword = keywordIn(form);
  return keyword === "help" ? null : keyword;
}
