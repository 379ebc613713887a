import { bracketed, type MailEvent, meaningOf, ownOf, parseMail } from "#server/mail/index.ts";
import type { JsonObject, ParsedEvent } from "../contract.ts";
import { firstText, instantOf, objectOf, unknownOf } from "../read-json.ts";

const kinds: Readonly<Record<string, MailEvent["kind"]>> = {
  delivered: "delivered",
  open: "read",
  bounce: "failed",
  dropped: "failed",
  spamreport: "complaint",
  unsubscribe: "unsubscribe",
  group_unsubscribe: "unsubscribe",
  group_resubscribe: "resubscribe",
  processed: "none",
  deferred: "none",
  click: "none",
};

/** What an event of SendGrid's, or a mail that it took in, means. */
export function parse(payload: JsonObject, receivedAt: Date): ParsedEvent {
  const mail = objectOf(payload.mail);
  if (mail) return parseMail(mail, receivedAt, ownOf(payload));
  const event = objectOf(payload.event);
  if (!event) return { event: { kind: "ignored", why: payload.test ? "test" : "no event" }, unknowns: [] };
  const name = firstText(event, "event") ?? "";
  const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  const meaning = meaningOf(
    {
      kind: kind ?? "none",
      messageId: bracketed(firstText(event, "smtp-id")) ?? firstText(event, "sg_message_id"),
      trackingId: firstText(event, "guichet_message"),
      recipient: firstText(event, "email"),
      occurredAt: instantOf(event.timestamp),
      error: {
        code: firstText(event, "status") ?? name,
        text: firstText(event, "reason", "response") ?? name,
      },
      why: kind ? name : "unknown event",
    },
    receivedAt,
  );
  return { event: meaning, unknowns: kind ? [] : [unknownOf("event", name)] };
}
