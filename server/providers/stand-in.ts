import type { Hono } from "hono";
import type { ChannelType, ProviderName } from "./contract.ts";

/**
 * A vendor of our own: it answers the vendor's API over HTTP, signs and posts its webhooks, and shows
 * the customer's phone. Every vendor folder has one in `fake.ts`; the simulator, the demo and the
 * tests treat them alike.
 */
export interface StandIn {
  provider: ProviderName;
  /** The vendor's API, to be mounted wherever `apiBaseUrl` of a simulated channel points. */
  app: Hono;
  /** Opens an account for a channel. The same credentials twice are one account, renewed. */
  addAccount(credentials: Readonly<Record<string, string>>, options?: AccountOptions): StandInAccount;
  removeAccount(accountId: string): void;
  accounts(): StandInAccount[];
  /** The customer writes to the business. Answers the vendor's message id at once; the webhook follows. */
  write(accountId: string, customer: StandInCustomer, text: string, options?: WriteOptions): string;
  /** The customer opens the conversation: what was delivered becomes read, where the vendor says so. */
  markRead(accountId: string, address: string): void;
  /** Customers of an account, the most recent conversation first. */
  customers(accountId: string): StandInCustomer[];
  /** What the customer's phone shows, oldest first. Bounded: old messages are forgotten. */
  transcript(accountId: string, address: string): PhoneMessage[];
  behaviour(): StandInBehaviour;
  setBehaviour(change: Partial<StandInBehaviour>): void;
  /** Called after every change of a transcript. Answers how to stop. */
  subscribe(listener: (change: { accountId: string; address: string }) => void): () => void;
  /** Resolves when every webhook was delivered or given up. */
  settled(): Promise<void>;
  deliveries(): DeliveryCounts;
  /** Drops what is still to be delivered. */
  close(): void;
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

export interface WriteOptions {
  replyToId?: string;
  /** Sends a picture with the text as its caption. */
  image?: { mimeType: string; bytes: Uint8Array };
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
}
