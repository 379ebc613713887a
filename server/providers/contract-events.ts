/** What a customer-facing channel is, whoever carries it. */
export const channelTypes = ["whatsapp", "sms", "instagram", "email", "phone"] as const;
export type ChannelType = (typeof channelTypes)[number];

export const providerNames = [
  "whatsapp",
  "instagram",
  "twilio",
  "vapi",
  "retell",
  "email",
  "sendgrid",
  "mailgun",
  "postmark",
  "ses",
] as const;
export type ProviderName = (typeof providerNames)[number];

/** A webhook post as it arrived. `url` is the public URL (from configuration, never the Host header). */
export interface RawPost {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
}

/** One event of a post, before it means anything: enough to route, log and dedupe it. */
export interface EventPart {
  /** Routing keys that may own this event, best first, such as `whatsapp:number:1065…`. */
  routingKeys: string[];
  /** The provider's own words, such as `message.text` or `status.delivered`. */
  type: string;
  /** The provider's id of the message the event is about, when it has one. */
  externalId: string | null;
  /** The provider's key for "the same event again": equal for every delivery of one event. */
  dedupeKey: string;
  /** The customer as the provider names them: E.164 digits, business-scoped id … */
  customerIdentifier: string | null;
  /** When it happened, by the provider's clock. */
  occurredAt: Date | null;
  /** The provider's own JSON of this one event (with what it shares with its siblings). `parse` reads it again on replay. */
  payload: JsonObject;
  /** The mail it is, as it came: kept in storage before the event is committed, never in the log. */
  raw?: { sha256: string; bytes: Uint8Array };
}

export type Json = string | number | boolean | null | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** A person as a provider knows them. Any of the identities may be missing; at least one is there. */
export interface PersonRef {
  identities: { kind: IdentityKind; value: string; raw?: string }[];
  name: string | null;
}
export const identityKinds = ["phone", "email", "whatsapp_id", "whatsapp_user_id", "instagram_id", "handle"] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** A file by reference: fetched later with the channel's credentials. */
export interface MediaRef {
  kind: "image" | "audio" | "video" | "document" | "sticker";
  mediaId: string | null;
  url: string | null;
  mimeType: string | null;
  fileName: string | null;
  bytes: number | null;
  sha256: string | null;
  /** The provider could not deliver the file, in its own words. */
  error: string | null;
  /** Shown inside the text of a mail under this id, instead of below it. */
  contentId?: string;
}

/** Where a mail belongs among others. Chat has one thread per person and carries none. */
export interface ThreadHint {
  subject: string | null;
  /** Message-IDs it answers, likeliest first: In-Reply-To, then References from the newest on. */
  references: string[];
  /** The token of our own reply address (`+token`), where it was answered. */
  token: string | null;
  /** Sender and receivers but the business itself, lower case. */
  participants: string[];
  /** Sent by a program: never answered automatically, and opens no ticket by rule. */
  automatic: boolean;
}

/** What a mail carries beside its visible text. */
export interface MailContent {
  /** As it came: sanitised before it is kept. */
  html: string | null;
  quotedText: string | null;
  signature: string | null;
  headers: JsonObject;
}

export type CallStatus =
  | "queued"
  | "ringing"
  | "in_progress"
  | "forwarded"
  | "voicemail"
  | "completed"
  | "no_answer"
  | "busy"
  | "failed"
  | "canceled";

/**
 * What a message says. `text` is what a person reads in a list, whatever the kind: the customer's own
 * words, else a name found in it, else a language-neutral sign such as 📷. Never empty.
 */
export interface MessageContent {
  kind: "text" | "media" | "location" | "contacts" | "interactive" | "order" | "call" | "system" | "unsupported";
  text: string;
  media: MediaRef[];
  /** Structured rest: coordinates, contact cards, the chosen button, the order … */
  data: JsonObject | null;
}

export type DeliveryStatus = "sent" | "delivered" | "read" | "failed";

/** What an event means. `direction: "out"` is an echo: the business answered from elsewhere. */
export type InboundEvent =
  | {
      kind: "message";
      direction: "in" | "out";
      messageId: string;
      person: PersonRef;
      content: MessageContent;
      replyToId: string | null;
      occurredAt: Date;
      /** A word for the carrier (STOP, START, HELP) rather than for a person: it opens no ticket and is not answered by rule. */
      keyword?: "stop" | "start" | "help";
      thread?: ThreadHint;
      mail?: MailContent;
    }
  | {
      /** What one event says of a phone call; null says nothing. Events of a call come in any order and complete one row. */
      kind: "call";
      callId: string;
      direction: "in" | "out";
      status: CallStatus | null;
      /** The customer; null where the number is withheld. */
      person: PersonRef | null;
      from: string | null;
      to: string | null;
      forwardedFrom: string | null;
      assistantId: string | null;
      startedAt: Date | null;
      answeredAt: Date | null;
      endedAt: Date | null;
      durationSeconds: number | null;
      costCents: number | null;
      currency: string | null;
      recording: MediaRef | null;
      transcript: { speaker: "agent" | "customer" | "tool"; text: string; at: number | null }[] | null;
      summary: string | null;
      sentiment: "positive" | "neutral" | "negative" | "mixed" | null;
      endedReason: string | null;
      occurredAt: Date;
    }
  | {
      kind: "status";
      messageId: string;
      /** Our own message id, when the provider carries it back. */
      trackingId: string | null;
      status: DeliveryStatus;
      /** `read` of this message was told of all that were sent to the person before, too. */
      upTo?: true;
      /** `class`: what the code says of the person or the window, where it says it. */
      error: { code: string; text: string; class?: RefusalClass } | null;
      occurredAt: Date;
      costCents: number | null;
    }
  | {
      kind: "reaction";
      messageId: string;
      targetId: string;
      person: PersonRef;
      /** null takes the reaction back. */
      emoji: string | null;
      occurredAt: Date;
      direction: "in" | "out";
    }
  | {
      kind: "edit";
      messageId: string;
      targetId: string;
      person: PersonRef;
      content: MessageContent;
      occurredAt: Date;
      direction: "in" | "out";
    }
  | {
      kind: "revoke";
      messageId: string;
      targetId: string;
      person: PersonRef;
      occurredAt: Date;
      direction: "in" | "out";
    }
  | {
      /** The person has a new phone number or id. `next` equals `person` when only their device or security code changed. */
      kind: "identity_change";
      person: PersonRef;
      next: PersonRef;
      occurredAt: Date;
    }
  | {
      /** STOP / START and marketing preferences: consent on this channel. */
      kind: "consent";
      person: PersonRef;
      scope: "all" | "marketing";
      granted: boolean;
      occurredAt: Date;
    }
  | {
      /** About the account, not a person: template status, quality, restrictions, groups … */
      kind: "account";
      topic: string;
      severity: "info" | "warning" | "critical";
      text: string;
      occurredAt: Date | null;
      /** The template it speaks of; null says nothing new of a property. */
      template?: {
        name: string;
        language: string;
        status: ProviderTemplate["status"] | null;
        quality: string | null;
        /** Why it was rejected or paused, in the provider's words. */
        reason: string | null;
      };
    }
  | { kind: "ignored"; why: string };

/** Which reader of the provider's words it was: `why` names a field or type we do not know yet. */
export interface ParsedEvent {
  event: InboundEvent;
  /** Fields or values that were tolerated without being understood, as `path=value`. */
  unknowns: string[];
}

/** A body that is not what the provider sends: answered 400, stored as malformed. */
export class MalformedPost extends Error {
  override name = "MalformedPost";
}

export type Verification =
  | { ok: true }
  /** `stale`: by the right secret, but too long before it arrived. */
  | { ok: false; reason: "missing_signature" | "signature_mismatch" | "not_configured" | "stale" };

/** A template as the provider has it. */
export interface ProviderTemplate {
  externalId: string | null;
  name: string;
  language: string;
  category: string;
  status: "approved" | "pending" | "rejected" | "paused" | "disabled";
  quality: string | null;
  statusReason: string | null;
  header: string | null;
  body: string;
  footer: string | null;
  buttons: JsonObject[];
  variables: { name: string; example: string | null }[];
  definition: JsonObject;
}

/**
 * `retry` may pass later; `slow` too, but slower; `permanent` never; `template`: the approved message is not what it
 * was; `channel` means the credentials or account are refused.
 */
export type RefusalClass = "retry" | "slow" | "permanent" | "opted_out" | "window" | "template" | "channel";
