import type { Hono } from "hono";
import type { ChannelType, ProviderName } from "./contract.ts";

/**
 * A vendor of our own: it answers the vendor's API over HTTP, signs and posts its webhooks, and plays
 * the customer. Every vendor folder has one in `fake.ts`; the simulator, the demo and the tests treat
 * those of one kind alike.
 */
export type StandIn = PhoneStandIn | MailStandIn | CallStandIn;

interface AnyStandIn {
  provider: ProviderName;
  /** The vendor's API, to be mounted wherever `apiBaseUrl` of a simulated channel points. */
  app: Hono;
  /** Whether it stands in for a channel with these credentials; every one of its vendor where it does not say. */
  carries?(credentials: Readonly<Record<string, string>>): boolean;
  /** Opens an account for a channel. The same credentials twice are one account, renewed. */
  addAccount(credentials: Readonly<Record<string, string>>, options?: AccountOptions): StandInAccount;
  removeAccount(accountId: string): void;
  accounts(): StandInAccount[];
  behaviour(): StandInBehaviour;
  setBehaviour(change: Partial<StandInBehaviour>): void;
  /** What is changed in the vendor's console so that it no longer fits the channel, where that can be played. */
  faults?: AccountFaults;
  /** Called after every change of what the customer sees. Answers how to stop. */
  subscribe(listener: (change: { accountId: string; address: string }) => void): () => void;
  /** Resolves when every webhook was delivered or given up. */
  settled(): Promise<void>;
  deliveries(): DeliveryCounts;
  /** Drops what is still to be delivered. */
  close(): void;
}

/** The customer's mailbox: what they write reaches the business as a mail, what it answers lies here. */
export interface MailStandIn extends AnyStandIn {
  kind: "mailbox";
  /** Answers the Message-ID at once; the mail follows the provider's way. */
  deliver(accountId: string, mail: StandInMail): string;
  /** Mails between the business and this address, oldest first. Bounded. */
  mails(accountId: string, address: string): MailboxMail[];
  customers(accountId: string): StandInCustomer[];
}

export interface StandInMail {
  from: StandInCustomer;
  subject: string;
  text: string;
  html?: string;
  /** Message-ID it answers. */
  inReplyTo?: string;
  references?: string[];
  headers?: Record<string, string>;
  files?: { fileName: string; mimeType: string; bytes: Uint8Array; contentId?: string }[];
  /** The whole mail instead, as it is. */
  raw?: Uint8Array;
}

export interface MailboxMail {
  messageId: string;
  author: "customer" | "business";
  subject: string;
  text: string;
  at: Date;
  files: string[];
}

/** The customer's telephone: it rings the business, and the vendor's events follow. */
export interface CallStandIn extends AnyStandIn {
  kind: "call";
  /** Rings; answers the vendor's call id at once. */
  ring(accountId: string, caller: StandInCustomer, options?: { forwardedFrom?: string }): string;
  /** The customer says something; the agent's turn and the transcript events follow. */
  say(callId: string, text: string): void;
  /** false: no voice agent is on the line that could call functions of ours. */
  functions?: false;
  /** The agent calls a function of ours; resolves to what we answered. */
  callFunction(callId: string, name: string, args: Record<string, unknown>): Promise<string>;
  hangUp(callId: string): void;
  calls(accountId: string): StandInCall[];
}

export interface StandInCall {
  id: string;
  caller: StandInCustomer;
  status: "ringing" | "in_progress" | "ended";
  turns: { speaker: "agent" | "customer" | "tool"; text: string; at: Date }[];
  startedAt: Date;
}

/** The customer's phone: a chat of texts and pictures. */
export interface PhoneStandIn extends AnyStandIn {
  kind: "phone";
  /** The customer writes to the business. Answers the vendor's message id at once; the webhook follows. */
  write(accountId: string, customer: StandInCustomer, text: string, options?: WriteOptions): string;
  /** The business answers from its own phone. Answers the vendor's message id; the echo follows as a webhook. */
  writeAsBusiness?(accountId: string, customer: StandInCustomer, text: string): string;
  /** Ways to write that the vendor has beside a direct message. */
  ways?: readonly WriteWay[];
  /** Somebody enters our webhook address with this verify token in the vendor's console; whether we confirmed it. */
  verifyAddress?(accountId: string, verifyToken: string): Promise<boolean>;
  /** The customer takes back what they wrote. */
  unsend?(accountId: string, messageId: string): void;
  /** The customer reacts to a message; null takes the reaction back. */
  react?(accountId: string, messageId: string, emoji: string | null): void;
  /** The customer opens the conversation: what was delivered becomes read, where the vendor says so. */
  markRead(accountId: string, address: string): void;
  /** Customers of an account, the most recent conversation first. */
  customers(accountId: string): StandInCustomer[];
  /** What the customer's phone shows, oldest first. Bounded: old messages are forgotten. */
  transcript(accountId: string, address: string): PhoneMessage[];
}

export interface AccountOptions {
  /** The channel's own address for webhooks, instead of the vendor-wide one. */
  webhookUrl?: string;
}

export interface StandInAccount {
  id: string;
  provider: ProviderName;
  channelType: ChannelType;
  /** The number people know the business by. */
  address: string;
  webhookUrl: string;
}

export interface StandInCustomer {
  /** E.164, or a business-scoped id of a customer who hides their number (`FR.1349…`). */
  address: string;
  name: string | null;
}

export const writeWays = ["direct", "story_reply", "story_mention", "comment"] as const;
export type WriteWay = (typeof writeWays)[number];

/** A file as its sender calls it, whatever its bytes are. */
export interface StandInFile {
  mimeType: string;
  bytes: Uint8Array;
  name?: string;
}

export interface WriteOptions {
  /** A direct message unless said. */
  as?: WriteWay;
  replyToId?: string;
  /** Sends a file with the text as its caption. */
  file?: StandInFile;
  /** When it was written, where not now: a webhook that is late, a window that has closed since. */
  at?: Date;
}

/** One or two ticks as the phone draws them; `pending` before the webhook was answered. */
export type Tick = "pending" | "sent" | "delivered" | "read" | "failed";

export interface PhoneMessage {
  id: string;
  author: "customer" | "business";
  text: string;
  at: Date;
  tick: Tick;
  replyToId: string | null;
  hasImage: boolean;
  /** What was sent beside text. */
  file?: { kind: string; name: string | null; mimeType: string; bytes: number };
  /** The name of the approved message that it is, and the labels of its buttons. */
  template?: { name: string; buttons: string[] };
  /** What stands under it, at most one of each side. */
  reactions?: { by: "customer" | "business"; emoji: string }[];
  /** The business has it on its screen. */
  readByBusiness?: boolean;
}

export interface StandInBehaviour {
  /** Further copies of every webhook, posted at the same moment. */
  duplicate: number;
  /** Wait before every webhook, milliseconds. */
  delayMs: number;
  /** Webhooks overtake one another. */
  shuffle: boolean;
  /** Refuses every send with this code of the vendor; `lost` takes the message and cuts the line. */
  failSends: string | null;
  /** Accepts sends, then reports them as failed with this code. */
  failDelivery: string | null;
  /** The customer's phone lies open: what is delivered is read at once. */
  autoRead: boolean;
}

/** A token withdrawn, a secret made anew, another webhook address entered; of a mailbox: another password, no room left. */
export const accountFaults = [
  "token_revoked",
  "secret_renewed",
  "address_changed",
  "password_changed",
  "mailbox_full",
] as const;
export type AccountFault = (typeof accountFaults)[number];

export interface AccountFaults {
  /** Which can be played; those of a console with tokens and webhooks where nothing is said. */
  kinds?: readonly AccountFault[];
  of(accountId: string): AccountFault[];
  set(accountId: string, fault: AccountFault, on: boolean): void;
}

export const wellBehaved: StandInBehaviour = {
  duplicate: 0,
  delayMs: 0,
  shuffle: false,
  failSends: null,
  failDelivery: null,
  autoRead: false,
};

export interface DeliveryCounts {
  /** Webhooks answered with 2xx, copies included. */
  delivered: number;
  /** Attempts that failed and were tried again. */
  retried: number;
  /** Webhooks given up after the last attempt. */
  dropped: number;
}

/** How a stand-in is made, whichever the vendor. */
export interface StandInOptions {
  /** Where the vendor posts events unless an account says otherwise. */
  webhookUrl: string;
  /** Where `app` is mounted: files are named below it. */
  apiBaseUrl?: string;
  /** Waits between attempts of a failed webhook, milliseconds. */
  retryDelaysMs?: readonly number[];
  /** The vendor's clock. */
  now?: () => Date;
}
