import { type MailEvent, meaningOf, ownOf, parseMail } from "#server/mail/index.ts";
import type { JsonObject, ParsedEvent } from "../contract.ts";
import { firstText, instantOf, objectOf, unknownOf } from "../read-json.ts";

/** Bounces after which Postmark still tries, or that are none. */
const passing =
  /^(?:Transient|DnsError|SoftBounce|AutoResponder|ChallengeVerification|OpenRelayTest|VirusNotification|Subscribe|Unsubscribe)$/;

/** What an event of Postmark's, or a mail that it took in, means. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const mail = objectOf(payload.mail);
  if (mail) return parseMail(mail, receivedAt, ownOf(payload));
  const event = objectOf(payload.event);
  if (!event) return { event: { kind: "ignored", why: "no event" }, unknowns: [] };
  const type = firstText(event, "RecordType") ?? "";
  const kind = kindOf(type, event);
  const meaning = meaningOf(
    {
      kind: kind ?? "none",
      messageId: messageIdOf(event),
      trackingId: firstText(objectOf(event.Metadata), "guichet_message"),
      recipient: firstText(event, "Recipient", "Email"),
      occurredAt: instantOf(firstText(event, "BouncedAt", "DeliveredAt", "ReceivedAt", "ChangedAt")),
      error: {
        code: firstText(event, "Type", "TypeCode") ?? "bounce",
        text: firstText(event, "Details", "Description", "Name") ?? "not delivered",
      },
      why: kind
        ? `${type.toLowerCase()} ${firstText(event, "Type", "SuppressionReason") ?? ""}`.trim()
        : "unknown event",
    },
    receivedAt,
  );
  return { event: meaning, unknowns: kind ? [] : [unknownOf("RecordType", type)] };
}

function kindOf(type: string, event: JsonObject): MailEvent["kind"] | null {
  switch (type) {
    case "Delivery":
      return "delivered";
    case "Open":
      return "read";
    case "Bounce":
      return passing.test(firstText(event, "Type") ?? "") ? "none" : "failed";
    case "SpamComplaint":
      return "complaint";
    case "SubscriptionChange":
      // Suppressed because it bounced: the bounce says so itself.
      if (event.SuppressSending === true && event.SuppressionReason === "HardBounce") return "none";
      if (event.SuppressSending === true)
        return event.SuppressionReason === "SpamComplaint" ? "complaint" : "unsubscribe";
      return "resubscribe";
    case "Click":
    case "Test":
      return "none";
    default:
      return null;
  }
}

/** Postmark names a mail by an id of its own; what was sent is kept under it. */
export function messageIdOf(event: JsonObject): string | null {
  const id = firstText(event, "MessageID");
  return id === null ? null : `postmark:${id}`;
}
