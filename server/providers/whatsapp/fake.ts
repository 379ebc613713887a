import { randomBytes } from "node:crypto";
import { internationalPhone } from "#server/core/phones.ts";
import type { JsonObject } from "../contract.ts";
import { createDeliveries } from "../stand-in-deliveries.ts";
import { createPhones } from "../stand-in-phones.ts";
import {
  wellBehaved,
  type PhoneStandIn,
  type StandInAccount,
  type StandInBehaviour,
  type StandInCustomer,
  type StandInOptions,
  type WriteOptions,
} from "../stand-in.ts";
import { createFakeGraph, type FakeAccount, type SentText } from "./fake-graph.ts";
import { messagePost, statusPost } from "./fake-posts.ts";
import { signatureOf } from "./verify.ts";

/** A stand-in for Meta's WhatsApp Cloud API. Accounts are channels, by their own credentials. */
export function createWhatsappFake(
  options: StandInOptions & { accounts?: readonly Readonly<Record<string, string>>[] },
): PhoneStandIn {
  const accounts = new Map<string, FakeAccount>();
  const media = new Map<string, { mimeType: string; bytes: Uint8Array }>();
  const phones = createPhones();
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);
  const app = createFakeGraph({
    accountOfNumber: (id) => accounts.get(id) ?? null,
    accounts: () => [...accounts.values()],
    media,
    behaviour: () => behaviour,
    take: takeSent,
    readByBusiness: (messageId) => void phones.tick(messageId, "read"),
  });

  function addAccount(
    credentials: Readonly<Record<string, string>>,
    own: { webhookUrl?: string } = {},
  ): StandInAccount {
    const id = credentials.phone_number_id ?? "";
    const shown = credentials.display_phone_number ?? "";
    const account: FakeAccount = {
      id,
      provider: "whatsapp",
      channelType: "whatsapp",
      address: internationalPhone(shown) ?? shown,
      webhookUrl: own.webhookUrl ?? options.webhookUrl,
      credentials,
    };
    accounts.set(id, account);
    return publicPart(account);
  }

  function write(accountId: string, customer: StandInCustomer, text: string, more: WriteOptions = {}): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const messageId = newWamid();
    const mediaId = more.image ? String(BigInt(`0x${randomBytes(6).toString("hex")}`)) : null;
    if (more.image && mediaId !== null) keepMedia(mediaId, more.image);
    const at = new Date();
    const image = more.image && mediaId !== null ? { id: mediaId, mimeType: more.image.mimeType } : null;
    phones.add(accountId, customer, {
      id: messageId,
      author: "customer",
      text,
      at,
      tick: "pending",
      replyToId: more.replyToId ?? null,
      hasImage: image !== null,
    });
    const message = { id: messageId, text, at, replyToId: more.replyToId ?? null, image };
    post(account, messagePost(account, customer, message), () => void phones.tick(messageId, "delivered"));
    return messageId;
  }

  /** A message of the business: shown on the phone, then reported step by step. */
  function takeSent(account: FakeAccount, sent: SentText): string {
    const messageId = newWamid();
    phones.add(
      account.id,
      { address: sent.to, name: null },
      {
        id: messageId,
        author: "business",
        text: sent.text,
        at: new Date(),
        tick: "sent",
        replyToId: sent.replyToId,
        hasImage: false,
      },
    );
    trackers.set(messageId, sent.tracker);
    report(account, messageId, sent.to, "sent");
    if (behaviour.failDelivery !== null) {
      phones.tick(messageId, "failed");
      report(account, messageId, sent.to, "failed");
      return messageId;
    }
    phones.tick(messageId, "delivered");
    report(account, messageId, sent.to, "delivered");
    if (behaviour.autoRead) markRead(account.id, sent.to);
    return messageId;
  }
  const trackers = new Map<string, string | null>();

  function markRead(accountId: string, address: string): void {
    const account = accounts.get(accountId);
    for (const message of account ? phones.transcript(accountId, address) : []) {
      if (message.author !== "business" || message.tick !== "delivered") continue;
      phones.tick(message.id, "read");
      if (account) report(account, message.id, address, "read");
    }
  }

  function report(account: FakeAccount, messageId: string, address: string, status: string): void {
    const tracker = trackers.get(messageId) ?? null;
    const code = status === "failed" ? Number(behaviour.failDelivery) || 131026 : null;
    post(account, statusPost(account, { messageId, address, status, tracker, code }));
    if (trackers.size > 50_000) trackers.clear();
  }

  function post(account: FakeAccount, body: JsonObject, delivered?: () => void): void {
    const text = JSON.stringify(body);
    const signature = signatureOf(Buffer.from(text), account.credentials.app_secret ?? "");
    deliveries.enqueue({
      url: account.webhookUrl,
      headers: {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": signature,
      },
      body: text,
      ...(delivered ? { delivered } : {}),
    });
  }

  function keepMedia(id: string, file: { mimeType: string; bytes: Uint8Array }): void {
    media.set(id, file);
    const [oldest] = media.keys();
    if (media.size > 100 && oldest !== undefined) media.delete(oldest);
  }

  for (const credentials of options.accounts ?? []) addAccount(credentials);
  return {
    kind: "phone",
    provider: "whatsapp",
    app,
    addAccount,
    removeAccount: (id) => void accounts.delete(id),
    accounts: () => [...accounts.values()].map(publicPart),
    write,
    markRead,
    customers: phones.customers,
    transcript: phones.transcript,
    behaviour: () => ({ ...behaviour }),
    setBehaviour: (change) => {
      behaviour = { ...behaviour, ...change };
    },
    subscribe: phones.subscribe,
    settled: deliveries.settled,
    deliveries: deliveries.counts,
    close: deliveries.close,
  };
}

function publicPart({ credentials: _secret, ...account }: FakeAccount): StandInAccount {
  return account;
}

function newWamid(): string {
  return `wamid.${randomBytes(27).toString("base64")}`;
}
