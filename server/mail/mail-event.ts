import type { InboundEvent, PersonRef } from "#server/providers/contract.ts";
import { keyOf } from "#server/providers/read-json.ts";
import { canonicalEmail } from "./addresses.ts";
import { messageIdsIn } from "./message-ids.ts";
import { enhancedStatusIn } from "./read-bounce.ts";

/** What a mail vendor says became of a mail of ours, in words that all of them share. */
export type MailEventKind =
  | "sent"
  | "delivered"
  | "read"
  | "failed"
  | "complaint"
  | "unsubscribe"
  | "resubscribe"
  | "none";

export interface MailEvent {
  kind: MailEventKind;
  /** Message-ID of the mail, or the vendor's own id of it. */
  messageId: string | null;
  /** Our message id, where it comes back. */
  trackingId: string | null;
  recipient: string | null;
  occurredAt: Date | null;
  error: { code: string; text: string } | null;
  /** Why nothing follows from it; for `none`. */
  why: string;
}

/** What follows: a step of the message's delivery, or a person's word on being written to. */
export function meaningOf(event: MailEvent, receivedAt: Date): InboundEvent {
  const occurredAt = event.occurredAt ?? receivedAt;
  switch (event.kind) {
    case "none":
      return { kind: "ignored", why: event.why };
    case "complaint":
    case "unsubscribe":
    case "resubscribe": {
      const person = personOf(event.recipient);
      if (!person) return { kind: "ignored", why: `${event.kind} of nobody` };
      const scope = event.kind === "complaint" ? "all" : "marketing";
      return { kind: "consent", person, scope, granted: event.kind === "resubscribe", occurredAt };
    }
    default: {
      const messageId = event.messageId ?? (event.trackingId ? `guichet:${event.trackingId}` : null);
      if (messageId === null) return { kind: "ignored", why: "of a mail that it does not name" };
      const { trackingId, error } = event;
      const failed = event.kind === "failed" ? (error ?? { code: "failed", text: "not delivered" }) : null;
      return {
        kind: "status",
        messageId: keyOf(messageId),
        trackingId,
        status: event.kind,
        error: failed && { code: codeOf(failed), text: failed.text.slice(0, 500).toWellFormed() },
        occurredAt,
        costCents: null,
      };
    }
  }
}

/** The status that all mail servers share (`5.1.1`) where it is told, else the vendor's own word. */
function codeOf({ code, text }: { code: string; text: string }): string {
  return enhancedStatusIn(code) ?? enhancedStatusIn(text) ?? code.slice(0, 64).toWellFormed();
}

function personOf(address: string | null): PersonRef | null {
  const value = canonicalEmail(address);
  return value ? { identities: [{ kind: "email", value }], name: null } : null;
}

/** A Message-ID as vendors write it, with or without its brackets. */
export function bracketed(id: string | null): string | null {
  return id === null ? null : (messageIdsIn(id)[0] ?? messageIdsIn(`<${id}>`)[0] ?? null);
}
