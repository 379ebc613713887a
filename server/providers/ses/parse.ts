import { type MailEvent, meaningOf, ownOf, parseMail } from "#server/mail/index.ts";
import type { JsonObject, ParsedEvent } from "../contract.ts";
import { firstText, instantOf, listOf, objectOf, unknownOf } from "../read-json.ts";
import { firstRecipient, tagOf, timeIn } from "./split.ts";

/** What an event of SES's, or a mail that it took in, means. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const mail = objectOf(payload.mail);
  if (mail) return parseMail(mail, receivedAt, ownOf(payload));
  const event = objectOf(payload.event);
  if (event) return eventMeaning(event, receivedAt);
  const type = firstText(objectOf(payload.sns), "Type");
  return { event: { kind: "ignored", why: type ? `sns ${type.toLowerCase()}` : "no event" }, unknowns: [] };
}

function eventMeaning(event: JsonObject, receivedAt: Date): ParsedEvent {
  const type = firstText(event, "notificationType", "eventType") ?? "";
  if (type === "Received") return { event: keptElsewhere(event, receivedAt), unknowns: [] };
  const kind = kindOf(type, event);
  const mail = objectOf(event.mail);
  const id = firstText(mail, "messageId");
  const recipient = firstRecipient(event) ?? firstText({ to: listOf(mail?.destination)[0] ?? null }, "to");
  const meaning = meaningOf(
    {
      kind: kind ?? "none",
      messageId: id === null ? null : `ses:${id}`,
      trackingId: tagOf(mail, "guichet_message"),
      recipient,
      occurredAt: instantOf(timeIn(event)),
      error: errorOf(event, type),
      why: kind ? type.toLowerCase() : "unknown event",
    },
    receivedAt,
  );
  return { event: meaning, unknowns: kind ? [] : [unknownOf("eventType", type)] };
}

function kindOf(type: string, event: JsonObject): MailEvent["kind"] | null {
  switch (type) {
    case "Send":
      return "sent";
    case "Delivery":
      return "delivered";
    case "Open":
      return "read";
    case "Bounce":
      return firstText(objectOf(event.bounce), "bounceType") === "Transient" ? "none" : "failed";
    case "Reject":
    case "Rendering Failure":
      return "failed";
    case "Complaint":
      return firstText(objectOf(event.complaint), "complaintFeedbackType") === "not-spam" ? "none" : "complaint";
    case "Subscription":
      return "unsubscribe";
    case "Click":
    case "DeliveryDelay":
      return "none";
    default:
      return null;
  }
}

function errorOf(event: JsonObject, type: string): { code: string; text: string } {
  const bounce = objectOf(event.bounce);
  const recipient = objectOf(listOf(bounce?.bouncedRecipients)[0]);
  return {
    code: firstText(recipient, "status") ?? firstText(bounce, "bounceSubType") ?? type.toLowerCase(),
    text:
      firstText(recipient, "diagnosticCode") ??
      firstText(objectOf(event.reject), "reason") ??
      firstText(objectOf(event.failure), "errorMessage") ??
      firstText(bounce, "bounceType") ??
      type,
  };
}

/** A rule that keeps mails in a bucket posts a notice without the mail. */
function keptElsewhere(event: JsonObject, receivedAt: Date): ParsedEvent["event"] {
  const action = firstText(objectOf(objectOf(event.receipt)?.action), "type") ?? "other";
  const text = `SES keeps this mail elsewhere (action ${action.slice(0, 20)}) and posts a notice only: add an SNS action with the mail inside to the rule.`;
  return { kind: "account", topic: "ses_action", severity: "warning", text, occurredAt: receivedAt };
}
