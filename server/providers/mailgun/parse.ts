import { bracketed, type MailEvent, meaningOf, ownOf, parseMail } from "#server/mail/index.ts";
import type { JsonObject, ParsedEvent } from "../contract.ts";
import { firstText, instantOf, objectOf, unknownOf } from "../read-json.ts";

const kinds: Readonly<Record<string, MailEvent["kind"]>> = {
  accepted: "none",
  delivered: "delivered",
  opened: "read",
  clicked: "none",
  failed: "failed",
  bounced: "failed",
  dropped: "failed",
  rejected: "failed",
  complained: "complaint",
  unsubscribed: "unsubscribe",
  stored: "none",
  test: "none",
};

/** What an event of Mailgun's, or a mail that it took in, means. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const mail = objectOf(payload.mail);
  if (mail) return parseMail(mail, receivedAt, ownOf(payload));
  if (objectOf(payload.stored)) {
    const text =
      "Mailgun keeps the mails of this route and posts a notice only: choose forward() with the address that ends in ?mime.";
    return {
      event: { kind: "account", topic: "mailgun_store", severity: "warning", text, occurredAt: receivedAt },
      unknowns: [],
    };
  }
  const event = objectOf(payload.event);
  if (!event) return { event: { kind: "ignored", why: "no event" }, unknowns: [] };
  const name = firstText(event, "event") ?? "";
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const status = objectOf(event["delivery-status"]);
  const isPassing = event.severity === "temporary";
  const meaning = meaningOf(
    {
      kind: isPassing ? "none" : (kind ?? "none"),
      messageId: bracketed(
        firstText(objectOf(objectOf(event.message)?.headers), "message-id") ??
          firstText(event, "Message-Id", "message-id"),
      ),
      trackingId:
        firstText(objectOf(event["user-variables"]), "guichet_message") ?? firstText(event, "guichet_message"),
      recipient: firstText(event, "recipient"),
      occurredAt: instantOf(Math.floor(Number(firstText(event, "timestamp"))) || null),
      error: {
        code: firstText(status, "enhanced-code", "code") ?? firstText(event, "code", "reason") ?? name,
        text: firstText(status, "message", "description") ?? firstText(event, "error", "description", "reason") ?? name,
      },
      why: isPassing ? "deferred" : kind ? name : "unknown event",
    },
    receivedAt,
  );
  return { event: meaning, unknowns: kind ? [] : [unknownOf("event", name)] };
}
