import { randomBytes } from "node:crypto";
import { Hono } from "hono";
import { internationalPhone } from "#server/core/phones.ts";
import type { JsonObject } from "../contract.ts";
import { createDeliveries } from "../stand-in-deliveries.ts";
import { createFaults } from "../stand-in-faults.ts";
import { confirmsAddress } from "../stand-in-handshake.ts";
import { createPhones, shownFile } from "../stand-in-phones.ts";
import { createStandInTokens } from "../stand-in-tokens.ts";
import {
  wellBehaved,
  type PhoneStandIn,
  type StandInAccount,
  type StandInBehaviour,
  type StandInCustomer,
  type StandInOptions,
  type WriteOptions,
} from "../stand-in.ts";
import type { FakeAccount, SentMessage } from "./fake-account.ts";
import { createFakeGraph } from "./fake-graph.ts";
import { createFakeMedia, sha256Of, type FakeMedia } from "./fake-media.ts";
import { addOAuth, type Owner } from "./fake-oauth.ts";
import { echoPost, messagePost, reactionPost, statusPost, templatePost } from "./fake-posts.ts";
import { seededTemplates } from "./fake-templates.ts";
import { signatureOf } from "../meta-signature.ts";

/** What only this vendor's stand-in can do, for tests. */
export interface WhatsappFake extends PhoneStandIn {
  /** Addresses of files stop working; `forget` drops the files themselves. */
  media: Pick<FakeMedia, "expireAddresses" | "forget">;
  /** Meta decides about a template: its state changes and the webhook says so. */
  decideTemplate(
    accountId: string,
    template: { name: string; language: string; event: "APPROVED" | "REJECTED" | "PAUSED"; reason?: string },
  ): void;
}

/** A stand-in for Meta's WhatsApp Cloud API. Accounts are channels, by their own credentials. */
export function createWhatsappFake(
  options: StandInOptions & { accounts?: readonly Readonly<Record<string, string>>[] },
): WhatsappFake {
  const accounts = new Map<string, FakeAccount>();
  const templates = new Map<string, JsonObject[]>();
  const media = createFakeMedia();
  const phones = createPhones();
  const faults = createFaults({ token_revoked: "access_token", secret_renewed: "app_secret" });
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);
  const tokens = createStandInTokens<Owner>("EAAG", options.now ?? (() => new Date()));
  const allAccounts = () => [...accounts.values()].map(faults.atVendor);
  const app = new Hono();
  addOAuth(app, { tokens, accounts: allAccounts });
  const graph = createFakeGraph({
    accountOfNumber: (id) => {
      const account = accounts.get(id);
      return account ? faults.atVendor(account) : null;
    },
    accounts: allAccounts,
    media,
    templatesOf,
    behaviour: () => behaviour,
    lastWrote,
    take: takeSent,
    react: (messageId, emoji) => phones.react(messageId, "business", emoji),
    readByBusiness: (messageId) => {
      phones.tick(messageId, "read");
      return phones.readByBusiness(messageId);
    },
  });
  app.route("/", graph);

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
    const kept = more.file ? { name: null, ...more.file } : null;
    const file = kept && { ...kept, id: media.keep(kept), sha256: sha256Of(kept) };
    const at = more.at ?? new Date();
    const replyToId = more.replyToId ?? null;
    const shown = { id: messageId, author: "customer" as const, text, at, tick: "pending" as const, replyToId };
    phones.add(accountId, customer, {
      ...shown,
      hasImage: kept?.mimeType.startsWith("image/") ?? false,
      ...shownFile(more.file),
    });
    post(account, messagePost(account, customer, { id: messageId, text, at, replyToId, file }), () => {
      phones.tick(messageId, "delivered");
    });
    return messageId;
  }

  function react(accountId: string, messageId: string, emoji: string | null): void {
    const account = accounts.get(accountId);
    const place = phones.placeOf(messageId);
    if (!account || !place || !phones.react(messageId, "customer", emoji)) return;
    const customer = phones.customers(accountId).find((one) => one.address === place.address);
    const reaction = { id: newWamid(), targetId: messageId, emoji };
    post(account, reactionPost(account, customer ?? { address: place.address, name: null }, reaction));
  }

  function writeAsBusiness(accountId: string, customer: StandInCustomer, text: string): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const message = { id: newWamid(), text, at: new Date() };
    const shown = { author: "business" as const, tick: "delivered" as const, replyToId: null, hasImage: false };
    phones.add(accountId, customer, { ...message, ...shown });
    post(account, echoPost(account, customer, message));
    return message.id;
  }

  function lastWrote(account: FakeAccount, address: string): Date | null {
    const own = phones.transcript(account.id, address).filter((message) => message.author === "customer");
    return own.length === 0 ? null : new Date(Math.max(...own.map((message) => message.at.getTime())));
  }

  function templatesOf(businessAccountId: string): JsonObject[] {
    let held = templates.get(businessAccountId);
    if (!held) templates.set(businessAccountId, (held = seededTemplates()));
    return held;
  }

  const decideTemplate: WhatsappFake["decideTemplate"] = (accountId, { name, language, event, reason = null }) => {
    const account = accounts.get(accountId);
    if (!account) return;
    const held = templatesOf(account.credentials.business_account_id ?? "");
    const template = held.find((one) => one.name === name && one.language === language);
    if (template) Object.assign(template, { status: event, rejected_reason: reason ?? "NONE" });
    post(account, templatePost(account, { name, language, event, reason }));
  };

  /** A message of the business: shown on the phone, then reported step by step. */
  function takeSent(account: FakeAccount, sent: SentMessage): string {
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
        hasImage: sent.file?.kind === "image",
        ...(sent.file ? { file: sent.file } : {}),
        ...(sent.template ? { template: sent.template } : {}),
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

  async function verifyAddress(accountId: string, verifyToken: string): Promise<boolean> {
    const account = accounts.get(accountId);
    return account !== undefined && confirmsAddress(account.webhookUrl, verifyToken);
  }

  function post(account: FakeAccount, body: JsonObject, delivered?: () => void): void {
    const text = JSON.stringify(body);
    const { credentials, webhookUrl } = faults.atVendor(accounts.get(account.id) ?? account);
    const signature = signatureOf(Buffer.from(text), credentials.app_secret ?? "");
    deliveries.enqueue({
      url: webhookUrl,
      headers: {
        "content-type": "application/json",
        "user-agent": "facebookexternalua",
        "x-hub-signature-256": signature,
      },
      body: text,
      ...(delivered ? { delivered } : {}),
    });
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
    react,
    writeAsBusiness,
    markRead,
    verifyAddress,
    faults: faults.byId(accounts),
    media,
    decideTemplate,
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
