import type { z } from "zod";
import type {
  ChannelType,
  EventPart,
  IdentityKind,
  JsonObject,
  MediaRef,
  ParsedEvent,
  ProviderName,
  ProviderTemplate,
  RawPost,
  Verification,
} from "./contract-events.ts";
import type { AssistantClient } from "./contract-assistant.ts";
import type { ProviderOAuth } from "./contract-oauth.ts";
import type {
  ApiOutcome,
  ChannelAccess,
  LiveAnswer,
  LiveQuestion,
  Mailbox,
  MediaOutcome,
  OutboundMessage,
  SendOutcome,
} from "./contract-sending.ts";

export * from "./contract-events.ts";
export type * from "./contract-assistant.ts";
export type * from "./contract-oauth.ts";
export type * from "./contract-sending.ts";

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
  /** What its voice agents are is read and written from here. */
  assistant?: AssistantClient;
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
