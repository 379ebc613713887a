import type { InboundEvent, JsonObject, ParsedEvent } from "../contract.ts";
import { firstText, keyOf, objectOf, unknownKeys, unknownOf } from "../read-json.ts";
import { known, knownFields } from "./known-fields.ts";
import { parseComment } from "./parse-comment.ts";
import { parseEdit, parseMessage, parsePostback, parseReaction } from "./parse-message.ts";
import { startReading, type Reading } from "./reading.ts";
import { readUpdate, testAccount } from "./update.ts";
import { kindOfUpdate, type UpdateKind } from "./update-kind.ts";

const parsers: Record<UpdateKind, (reading: Reading) => InboundEvent> = {
  message: parseMessage,
  edit: parseEdit,
  postback: parsePostback,
  reaction: parseReaction,
  read: parseRead,
  comment: parseComment,
  mention: parseComment,
  policy: parsePolicy,
  referral: () => ({ kind: "ignored", why: "opened the conversation by a link" }),
  control: () => ({ kind: "ignored", why: "another program takes or gives back the conversation" }),
  other: parseOther,
};

/** What one event of an Instagram post means. Pure; unknown input is `ignored` and says why. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const update = readUpdate(payload);
  const { field, item, accountId } = update;
  if (!item) {
    const why = field === null ? "an entry without an event" : `${field} is not an object`;
    return { event: { kind: "ignored", why: why.slice(0, 200).toWellFormed() }, unknowns: [unknownOf("entry", field)] };
  }
  if (accountId === testAccount)
    return { event: { kind: "ignored", why: "a test of the app dashboard" }, unknowns: [] };
  const kind = kindOfUpdate(update);
  const reading = startReading(update, item, receivedAt);
  const event = parsers[kind](reading);
  const surplus =
    kind === "comment" || kind === "mention" || kind === "other" ? [] : unknownKeys(item, known.item, "item");
  return { event, unknowns: [...surplus, ...reading.unknowns] };
}

/** The customer saw this message, and with it all that were sent before. */
function parseRead({ item, occurredAt }: Reading): InboundEvent {
  const mid = firstText(objectOf(item.read), "mid");
  if (mid === null) return { kind: "ignored", why: "seen, without saying what" };
  return {
    kind: "status",
    messageId: keyOf(mid),
    trackingId: null,
    status: "read",
    upTo: true,
    error: null,
    occurredAt,
    costCents: null,
  };
}

function parsePolicy({ item, occurredAt }: Reading): InboundEvent {
  const policy = objectOf(item.policy_enforcement);
  const blocked = firstText(policy, "action") === "block";
  return {
    kind: "account",
    topic: "policy_enforcement",
    severity: blocked ? "critical" : "warning",
    text: (firstText(policy, "reason", "action") ?? "policy enforcement").slice(0, 500).toWellFormed(),
    occurredAt,
  };
}

function parseOther({ update, item, unknowns }: Reading): InboundEvent {
  const { field } = update;
  if (field !== null && knownFields.has(field)) return { kind: "ignored", why: `${field} is not about a conversation` };
  const what =
    field ?? Object.keys(item).filter((key) => !["sender", "recipient", "timestamp"].includes(key))[0] ?? "nothing";
  unknowns.push(unknownOf("field", what));
  return { kind: "ignored", why: `unknown event ${what.slice(0, 80).toWellFormed()}` };
}
