import type { IdentityKind, JsonObject, MediaRef, RefusalClass } from "./contract-events.ts";

/** The channel's settings once opened. Secrets live here only while they are used. */
export interface ChannelAccess {
  channelId: string;
  tenantId: string;
  /** What `credentials` describes, secrets included. */
  credentials: Readonly<Record<string, string>>;
  /** Where the provider's API answers; a stand-in's address when the channel is a simulated one. */
  apiBaseUrl: string;
}

export interface OutboundMessage {
  /** Our message id: idempotency key, carried through the provider where it can be. */
  id: string;
  /** The person's address on this channel: E.164, or a business-scoped id. */
  to: { kind: IdentityKind; value: string };
  text: string;
  replyToId: string | null;
  /** Where the provider may report progress. */
  statusCallbackUrl: string | null;
  files?: readonly OutboundFile[];
  /** An approved message instead of free text; `text` is what it reads as. */
  template?: OutboundTemplate;
  /** A reaction to a message instead of a text; null takes it back. */
  reaction?: { targetId: string; emoji: string | null };
  mail?: OutboundMail;
  /** Answers outside the window that a person, not a program, wrote (Instagram). */
  humanAgent?: boolean;
  /** A private answer to this public comment (Instagram). */
  commentId?: string;
}

/** A file to send. A provider that fetches it is given `url`, signed and short-lived; another one reads it. */
export interface OutboundFile {
  kind: MediaRef["kind"];
  fileName: string | null;
  mimeType: string;
  bytes: number;
  url: string;
  read(): Promise<Uint8Array>;
  contentId?: string;
}

export interface OutboundTemplate {
  name: string;
  language: string;
  category: string;
  /** Values by variable name, in the template's order. */
  variables: { name: string; value: string }[];
  externalId: string | null;
  /** The provider's own definition, as the last sync read it. */
  definition: JsonObject;
}

export interface OutboundMail {
  /** Our own Message-ID, angle brackets included. */
  messageId: string;
  subject: string;
  html: string | null;
  cc: string[];
  inReplyTo: string | null;
  /** Oldest first. */
  references: string[];
  /** Where answers should come, with the thread's token; null is the mailbox itself. */
  replyTo: string | null;
  /** Written by a program: marked so that no other program answers. */
  automatic: boolean;
}

/** What became of a send. A time-out is `unknown`: it must never be sent again blindly. */
export type SendOutcome =
  | { outcome: "accepted"; providerMessageId: string }
  | { outcome: "refused"; class: RefusalClass; code: string; text: string; retryAfterMs?: number }
  | { outcome: "unknown"; text: string };

/** What became of fetching a file. `expired`: the provider no longer has it; `refused`: too large, or refused for good. */
export type MediaOutcome =
  | { outcome: "fetched"; bytes: Uint8Array; mimeType: string | null; fileName: string | null }
  | { outcome: "expired"; text: string }
  | { outcome: "refused"; reason: "too_large" | "channel" | "not_found"; text: string }
  | { outcome: "retry"; text: string; retryAfterMs?: number };

/** A mail that lies in a folder of a mailbox. */
export interface MailboxItem {
  /** Rises with every mail; means nothing under another UIDVALIDITY. */
  uid: number;
  /** When it came to lie there. */
  storedAt: Date | null;
  /** When its head says it was written. */
  writtenAt: Date | null;
  size: number;
  /** The mail as it is; null where it is too large to be taken in. */
  bytes: Uint8Array | null;
}

/** A mailbox that is read by us, where other providers post to us. One connection; reading leaves no trace in it. */
export interface Mailbox {
  folder: string;
  /** UIDs count from anew when it changes. */
  uidValidity: number;
  /** The UID that the next mail will have, as the folder was opened. */
  uidNext: number;
  /** `idle`: the server tells at once; `polling`: it has to be asked. */
  mode: "idle" | "polling";
  /** The mails with a UID above this one, lowest first. */
  after(uid: number): AsyncIterable<MailboxItem>;
  /** The mails that came to lie there since, lowest UID first: for a folder whose UIDs began anew. */
  since(instant: Date): AsyncIterable<MailboxItem>;
  /** Resolves when there may be something new, at the latest after a while; rejects once the connection is dead. */
  changed(signal: AbortSignal): Promise<void>;
  /** How much of its room is used, 0 to 1; null where the server does not say. */
  fullness(): Promise<number | null>;
  close(): Promise<void>;
}

/** An answer of the provider's API that is no message: what was asked for, or why not. */
export type ApiOutcome<Value> =
  | { outcome: "ok"; value: Value }
  | { outcome: "refused"; class: RefusalClass; code: string; text: string }
  | { outcome: "unknown"; text: string };

/** What a provider wants to know while somebody waits: answered within its time limit, in the webhook's own answer. */
export type LiveQuestion =
  /** Which assistant takes this call? */
  | { kind: "assistant"; callId: string; from: string | null; to: string | null; forwardedFrom: string | null }
  /** Run these functions for the voice agent. `from`: the customer's number, E.164; null where it is withheld. */
  | {
      kind: "functions";
      callId: string;
      from: string | null;
      calls: { key: string; name: string; arguments: JsonObject }[];
    }
  /** A message came in: is there an answer to give at once? */
  | { kind: "message"; messageId: string; from: string }
  /** A call rings, or a step of it is over: what now? */
  | { kind: "call"; callId: string; step: string; from: string | null; to: string | null; outcome: string | null };

export type LiveAnswer =
  | { kind: "assistant"; assistantId: string | null; definition: JsonObject | null; error: string | null }
  | { kind: "functions"; results: FunctionResult[] }
  /** `trackingId`: our id of this answer, where the provider may report its progress. */
  | { kind: "message"; text: string | null; trackingId?: string | null }
  | { kind: "call"; actions: VoiceAction[] };

export type VoiceAction =
  | { do: "say"; text: string; language: "fr" | "en" }
  /** Rings another number; `next` is the step that is asked for when it ends. */
  | { do: "dial"; number: string; seconds: number; next: string }
  | { do: "record"; maxSeconds: number; next: string }
  | { do: "hang_up" };

/** What a function of a voice agent answered, in a sentence. `transferTo`: the number that the caller is put through to, E.164. */
export interface FunctionResult {
  key: string;
  name: string;
  result: string | null;
  error: string | null;
  transferTo: string | null;
}
