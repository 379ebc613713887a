import type { z } from "zod";

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
  | { ok: false; reason: "missing_signature" | "signature_mismatch" | "not_configured" };

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

/**
 * `retry` may pass later; `slow` too, but slower; `permanent` never; `template`: the approved message is not what it
 * was; `channel` means the credentials or account are refused.
 */
export type RefusalClass = "retry" | "slow" | "permanent" | "opted_out" | "window" | "template" | "channel";

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

/** An answer of the provider's API that is no message: what was asked for, or why not. */
export type ApiOutcome<Value> =
  | { outcome: "ok"; value: Value }
  | { outcome: "refused"; class: RefusalClass; code: string; text: string }
  | { outcome: "unknown"; text: string };

/** What a provider wants to know while somebody waits: answered within its time limit, in the webhook's own answer. */
export type LiveQuestion =
  /** Which assistant takes this call? */
  | { kind: "assistant"; callId: string; from: string | null; to: string | null; forwardedFrom: string | null }
  /** Run these functions for the voice agent. */
  | { kind: "functions"; callId: string; calls: { key: string; name: string; arguments: JsonObject }[] }
  /** A message came in: is there an answer to give at once? */
  | { kind: "message"; messageId: string; from: string }
  /** A call rings, or a step of it is over: what now? */
  | { kind: "call"; callId: string; step: string; from: string | null; to: string | null; outcome: string | null };

export type LiveAnswer =
  | { kind: "assistant"; assistantId: string | null; definition: JsonObject | null; error: string | null }
  | { kind: "functions"; results: { key: string; name: string; result: string | null; error: string | null }[] }
  /** `trackingId`: our id of this answer, where the provider may report its progress. */
  | { kind: "message"; text: string | null; trackingId?: string | null }
  | { kind: "call"; actions: VoiceAction[] };

export type VoiceAction =
  | { do: "say"; text: string; language: "fr" | "en" }
  /** Rings another number; `next` is the step that is asked for when it ends. */
  | { do: "dial"; number: string; seconds: number; next: string }
  | { do: "record"; maxSeconds: number; next: string }
  | { do: "hang_up" };

/** An app of ours that is registered with a provider, and where the provider's sign-in answers for it. */
export interface OAuthApp {
  clientId: string;
  clientSecret: string;
  urls: OAuthUrls;
}

export interface OAuthUrls {
  /** The page where the account's owner allows it. */
  authorize: string;
  /** Where a code is changed for a token. */
  token: string;
  /** The API that the token opens. */
  api: string;
}

export interface OAuthToken {
  accessToken: string;
  /** Where the provider renews by another token than the access token. It may change with each renewal. */
  refreshToken: string | null;
  scopes: string[];
  /** null: it does not end. */
  expiresInSeconds: number | null;
}

/** An account that a token opens. */
export interface OAuthAccount {
  /** The provider's id of it. */
  id: string;
  /** The handle or number people know it by. */
  name: string | null;
  /** A longer name, to choose by. */
  title: string | null;
  /** What else `credentialsOf` needs of it. */
  fields: Record<string, string>;
}

/** Signing in at a provider instead of copying credentials: authorization code with PKCE. */
export interface ProviderOAuth {
  platform: "instagram" | "whatsapp";
  urls: OAuthUrls;
  /** The app that the provider's stand-in knows, and where its sign-in answers below the stand-in's own address. */
  standIn: { clientId: string; clientSecret: string; paths: OAuthUrls };
  authorizeUrl(app: OAuthApp, request: { state: string; codeChallenge: string; redirectUri: string }): string;
  /** Changes a code for the token that lives longest. */
  exchange(
    app: OAuthApp,
    grant: { code: string; verifier: string; redirectUri: string },
  ): Promise<ApiOutcome<OAuthToken>>;
  refresh(app: OAuthApp, token: OAuthToken): Promise<ApiOutcome<OAuthToken>>;
  /** Gives the permission back, as far as the provider lets a program do so. */
  revoke(app: OAuthApp, token: OAuthToken): Promise<ApiOutcome<null>>;
  listAccounts(app: OAuthApp, accessToken: string): Promise<ApiOutcome<OAuthAccount[]>>;
  /** Asks for the account's events to be posted to the app. */
  subscribe(app: OAuthApp, account: OAuthAccount, accessToken: string): Promise<ApiOutcome<null>>;
  /** The credentials of a channel for this account; what signs its webhooks is added by the caller. */
  credentialsOf(account: OAuthAccount, accessToken: string): Record<string, string>;
}

/** One line of the channel test. `reason` is a key the interface translates; `detail` is the raw word, folded away. */
export interface CheckLine {
  check: string;
  result: "pass" | "fail" | "unknown";
  reason: string | null;
  detail: string | null;
}

/** A field of a channel's credentials, as the guided set-up asks for it. Its words are `field.<provider>.<name>` of `channels`. */
export interface CredentialField {
  name: string;
  secret: boolean;
  required: boolean;
  example: string;
  /** The only values there are, the first one unless another is chosen. Words: `option.<provider>.<name>.<value>`. */
  options?: readonly string[];
  /** Several lines. */
  multiline?: true;
}

/** An address of ours that the admin enters at the provider. Words: `address.<provider>.<name>`. */
export interface WebhookEntry {
  name: string;
  /** What follows the channel's own webhook URL, such as `?voice`; empty for the URL itself. */
  suffix: string;
}

/** A vendor. Every folder under `providers/` exports one of these and nothing else is known of it. */
export interface Provider {
  name: ProviderName;
  /** What it is unless its credentials say otherwise. */
  channelType: ChannelType;
  /** For a vendor that carries several types: what a channel with these credentials is. */
  channelTypeOf?(credentials: Readonly<Record<string, string>>): ChannelType;
  /** false: it takes events in and answers calls, but no message can be written through it. */
  sends?: false;
  /** Largest accepted webhook body, bytes. */
  maxBodyBytes: number;
  credentialFields: readonly CredentialField[];
  /** What the webhook step shows. One address of the channel's own unless said; none: nothing is posted to us. */
  webhookEntries?: readonly WebhookEntry[];
  credentialSchema: z.ZodType<Record<string, string>>;
  /** Routing keys that a channel with these credentials owns; the first one names it. */
  routingKeysOf(credentials: Readonly<Record<string, string>>): string[];
  /** The number or handle people know the channel by. */
  addressOf(credentials: Readonly<Record<string, string>>): string;
  /** GET handshake: answers the challenge when one of the tokens matches; null when this is no handshake. */
  handshake?(query: URLSearchParams, verifyTokens: readonly string[]): string | "refused" | null;
  /** Splits a post into events. Pure. Throws {@link MalformedPost}. A promise only where a mail has to be read. */
  split(post: RawPost): EventPart[] | Promise<EventPart[]>;
  /** Fetches what {@link verify} needs and the post only names (a certificate). Never throws. */
  beforeVerify?(post: RawPost): Promise<void>;
  /**
   * Checks the signature with one secret (app secret, auth token). Timing-safe, over the raw bytes. A
   * signature that ages is as old as it was when the post arrived (now where nothing is said): a replay
   * years later verifies what was stored.
   */
  verify(post: RawPost, secret: string, receivedAt?: Date): Verification;
  /** Answers a verified part that asks for more than an acknowledgement (a subscription to be confirmed), once it is stored. */
  confirm?(part: EventPart): Promise<boolean>;
  /** The credential whose value signs webhooks. */
  signingField: string;
  /**
   * Splits the hand-made post of an older guide, which names the number in `entry[0].id` and has no
   * metadata. Only the signed-in test endpoint uses it. Throws {@link MalformedPost}.
   */
  splitTest?(body: Uint8Array): EventPart[];
  /**
   * What one event means. Pure; never throws on unknown input: it returns `ignored` and says why.
   * `receivedAt` stands in where the provider names no time (Twilio never does for a message); on
   * replay it is the time of the first reception.
   */
  parse(payload: JsonObject, receivedAt: Date): ParsedEvent;
  /** The HTTP answer to a stored post. */
  acknowledgement: { contentType: string; body: string };
  /** Somebody waits for more than the acknowledgement: what a verified event asks. Pure. */
  liveQuestion?(part: EventPart): LiveQuestion | null;
  /** The answer in the provider's own form. `url` is the public address that the question came to. Pure. */
  liveAnswer?(part: EventPart, answer: LiveAnswer, url: string): { contentType: string; body: string };
  /** Milliseconds until the provider stops waiting for a {@link liveAnswer}. */
  liveLimitMs?: number;
  send(channel: ChannelAccess, message: OutboundMessage): Promise<SendOutcome>;
  /** Fetches a file of a message while the provider has it. Never more than `mostBytes`. */
  fetchMedia?(channel: ChannelAccess, media: MediaRef, mostBytes: number): Promise<MediaOutcome>;
  /** Tells the provider that a member read up to this message. */
  markRead?(
    channel: ChannelAccess,
    message: { id: string; to: { kind: IdentityKind; value: string } },
  ): Promise<ApiOutcome<null>>;
  listTemplates?(channel: ChannelAccess): Promise<ApiOutcome<ProviderTemplate[]>>;
  /** What became of a send that nobody heard the end of; null: the provider cannot tell. */
  findSent?(
    channel: ChannelAccess,
    message: {
      id: string;
      externalId: string | null;
      to: { kind: IdentityKind; value: string };
      text: string;
      sentAt: Date;
      /** The provider's ids of our other messages to this person: they are not this one. */
      known: readonly string[];
    },
  ): Promise<SendOutcome | null>;
  /** The provider's present knowledge of a call, as a payload that {@link parse} reads; null: it knows none. */
  fetchCall?(channel: ChannelAccess, callId: string): Promise<ApiOutcome<JsonObject | null>>;
  /** Exchanges a long-lived token for a fresh one: credentials to keep, and when they end. */
  refreshToken?(
    channel: ChannelAccess,
  ): Promise<ApiOutcome<{ credentials: Record<string, string>; expiresAt: Date | null }>>;
  /** What a person who wrote calls themselves, where messages do not say it. */
  fetchProfile?(
    channel: ChannelAccess,
    person: { kind: IdentityKind; value: string },
  ): Promise<ApiOutcome<{ name: string | null }>>;
  /** Connects accounts by a sign-in at the provider. */
  oauth?: ProviderOAuth;
  /** When the token of these credentials ends, where the provider can say. */
  tokenExpiry?(channel: ChannelAccess): Promise<ApiOutcome<Date | null>>;
  /**
   * Opens the mailbox of a provider that posts nothing: a worker reads it. Such a provider has no
   * webhook address. A refusal's code is a reason of `channelErrorReasons`.
   */
  openMailbox?(channel: ChannelAccess): Promise<ApiOutcome<Mailbox>>;
  /** The test checklist's provider-side lines, in order. */
  check(channel: ChannelAccess, expected: { webhookUrl: string }): Promise<CheckLine[]>;
  /** Random credentials of the right form, for a channel that a stand-in carries. */
  inventCredentials(): Record<string, string>;
  /** A harmless event, signed with the channel's own secret and told apart by `id`: the channel test posts it to us. */
  testPost(channel: ChannelAccess, url: string, id: string): RawPost;
  /** Free text is allowed for this long after the customer's last message; null is always. */
  replyWindowMs: number | null;
  maxTextLength: number;
  /** The same in bytes of UTF-8, where the provider counts those. */
  maxTextBytes?: number;
  /** How long a member, never a program, may answer after the customer's last message; only longer than the window. */
  humanAgentWindowMs?: number;
  /** How long a public comment may be answered by one private message. */
  privateReplyWindowMs?: number;
  /** Whatever the business says comes back as an echo, what we sent included. */
  echoesEverything?: true;
  /** Messages name people by an id only: {@link fetchProfile} says what they are called. */
  namesByProfile?: true;
  /** Fair use: messages per second for the number, and seconds between two to one person. */
  limits: { perSecond: number; secondsBetweenToOnePerson: number };
  defaultApiBaseUrl: string;
}
