import { randomBytes, randomInt } from "node:crypto";
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
  type StandInFile,
  type StandInOptions,
  type WriteOptions,
} from "../stand-in.ts";
import { createFakeGraph, usernameOf, type FakeAccount, type SentMessage } from "./fake-graph.ts";
import { addOAuth, type Owner } from "./fake-oauth.ts";
import { chatPost, commentPost } from "./fake-posts.ts";
import { createFakeWindows } from "./fake-windows.ts";
import { signatureOf } from "../meta-signature.ts";

/** A stand-in for Instagram: direct messages, stories, comments, and the sign-in that connects an account. */
export function createInstagramFake(options: StandInOptions): PhoneStandIn {
  const now = options.now ?? (() => new Date());
  const accounts = new Map<string, FakeAccount>();
  const media = new Map<string, { mimeType: string; bytes: Uint8Array }>();
  const phones = createPhones();
  const windows = createFakeWindows(now);
  const tokens = createStandInTokens<Owner>("IGAA", now);
  const unsubscribed = new Set<string>();
  const faults = createFaults({ token_revoked: "access_token", secret_renewed: "app_secret" });
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);
  const allAccounts = () => [...accounts.values()].map(faults.atVendor);
  const app = createFakeGraph({
    accounts: allAccounts,
    tokens,
    unsubscribed,
    withdrawn: (account) => faults.of(account).includes("token_revoked"),
    media,
    behaviour: () => behaviour,
    customer: (account, id) => phones.customers(account.id).find(({ address }) => address === id) ?? null,
    take: takeSent,
    react: (account, messageId, emoji) => reactTo(account, messageId, emoji, true),
    seenByBusiness: (account, customerId) => {
      for (const { id, author } of phones.transcript(account.id, customerId)) {
        if (author === "customer") phones.tick(id, "read");
      }
    },
  });
  addOAuth(app, { tokens, accounts: allAccounts, now });

  function addAccount(
    credentials: Readonly<Record<string, string>>,
    own: { webhookUrl?: string } = {},
  ): StandInAccount {
    const id = credentials.business_account_id ?? "";
    const account: FakeAccount = {
      id,
      provider: "instagram",
      channelType: "instagram",
      address: `@${credentials.username ?? ""}`,
      webhookUrl: own.webhookUrl ?? options.webhookUrl,
      credentials,
    };
    accounts.set(id, account);
    return publicPart(account);
  }

  function write(accountId: string, customer: StandInCustomer, text: string, more: WriteOptions = {}): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const { as: way = "direct", file, at = now() } = more;
    const id = way === "comment" ? newCommentId() : newMid();
    const shown = file ?? (way === "story_mention" || way === "story_reply" ? storyPicture : null);
    const url = shown ? keepMedia(shown) : null;
    const replyToId = more.replyToId ?? null;
    const hasImage = shown?.mimeType.startsWith("image/") ?? false;
    const said = { id, author: "customer" as const, text, at, tick: "pending" as const, replyToId, hasImage };
    phones.add(accountId, customer, { ...said, ...shownFile(file) });
    windows.wrote(accountId, customer.address, at, way === "comment" ? id : null);
    const between = { accountId, customerId: customer.address, at };
    const body =
      way === "comment"
        ? commentPost(between, { id, text, username: usernameOf(customer) })
        : chatPost(between, {
            message: messageOf(id, text, url === null ? null : { type: attachmentType(shown), url }, way, replyToId),
          });
    post(account, body, () => void phones.tick(id, "delivered"));
    return id;
  }

  /** A message of the business: shown on the phone, and echoed as Instagram echoes every one. */
  function takeSent(account: FakeAccount, sent: SentMessage) {
    const allowed = windows.check(account.id, sent.to, sent.humanAgent);
    if ("refused" in allowed) return allowed;
    const { customerId } = allowed;
    const id = newMid();
    const at = now();
    const hasImage = sent.file !== null;
    const shown = { id, author: "business" as const, text: sent.text, at, tick: "sent" as const };
    phones.add(account.id, { address: customerId, name: null }, { ...shown, replyToId: null, hasImage });
    phones.tick(id, "delivered");
    const attachments = sent.file ? [{ type: sent.file.type, payload: { url: sent.file.url } }] : null;
    const said: JsonObject = sent.text === "" ? {} : { text: sent.text };
    const message = { mid: id, is_echo: true, ...said, ...(attachments ? { attachments } : {}) };
    post(account, chatPost({ accountId: account.id, customerId, at }, { message }, true));
    if (behaviour.autoRead) markRead(account.id, customerId);
    return { messageId: id, customerId };
  }

  /** Somebody of the business writes in the app: told as an echo, like everything the business says. */
  function writeAsBusiness(accountId: string, customer: StandInCustomer, text: string): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const [id, at] = [newMid(), now()];
    const shown = { id, author: "business" as const, text, at, tick: "delivered" as const };
    phones.add(accountId, customer, { ...shown, replyToId: null, hasImage: false });
    const message = { mid: id, is_echo: true, text };
    post(account, chatPost({ accountId, customerId: customer.address, at }, { message }, true));
    return id;
  }

  async function verifyAddress(accountId: string, verifyToken: string): Promise<boolean> {
    const account = accounts.get(accountId);
    return account !== undefined && confirmsAddress(account.webhookUrl, verifyToken);
  }

  /** Instagram tells the last message that was seen, and nothing of those before. */
  function markRead(accountId: string, address: string): void {
    const account = accounts.get(accountId);
    const unread = phones
      .transcript(accountId, address)
      .filter(({ author, tick }) => author === "business" && tick === "delivered");
    for (const { id } of unread) phones.tick(id, "read");
    const last = unread.at(-1);
    if (!account || !last) return;
    post(account, chatPost({ accountId, customerId: address, at: now() }, { read: { mid: last.id } }));
  }

  function unsend(accountId: string, messageId: string): void {
    const account = accounts.get(accountId);
    const place = phones.placeOf(messageId);
    if (!account || !place || !phones.remove(messageId)) return;
    const between = { accountId, customerId: place.address, at: now() };
    post(account, chatPost(between, { message: { mid: messageId, is_deleted: true } }));
  }

  function reactTo(account: FakeAccount, messageId: string, emoji: string | null, echo: boolean): void {
    const place = phones.placeOf(messageId);
    if (!place || !phones.react(messageId, echo ? "business" : "customer", emoji)) return;
    const given: JsonObject = emoji === null ? { action: "unreact" } : { action: "react", reaction: "other", emoji };
    const between = { accountId: account.id, customerId: place.address, at: now() };
    post(account, chatPost(between, { reaction: { mid: messageId, ...given } }, echo));
  }

  function post(account: FakeAccount, body: JsonObject, delivered?: () => void): void {
    if (unsubscribed.has(account.id)) return;
    const text = JSON.stringify(body);
    const { credentials, webhookUrl } = faults.atVendor(accounts.get(account.id) ?? account);
    deliveries.enqueue({
      url: webhookUrl,
      headers: {
        "content-type": "application/json",
        "user-agent": "Webhooks/1.0 (https://fb.me/webhooks)",
        "x-hub-signature-256": signatureOf(Buffer.from(text), credentials.app_secret ?? ""),
      },
      body: text,
      ...(delivered ? { delivered } : {}),
    });
  }

  function keepMedia(file: { mimeType: string; bytes: Uint8Array }): string {
    const id = randomBytes(12).toString("hex");
    media.set(id, file);
    const [oldest] = media.keys();
    if (media.size > 100 && oldest !== undefined) media.delete(oldest);
    return `${options.apiBaseUrl ?? ""}/media/${id}`;
  }

  return {
    kind: "phone",
    provider: "instagram",
    app,
    addAccount,
    removeAccount: (id) => void accounts.delete(id),
    accounts: () => [...accounts.values()].map(publicPart),
    ways: ["direct", "story_reply", "story_mention", "comment"],
    write,
    writeAsBusiness,
    verifyAddress,
    unsend,
    react: (accountId, messageId, emoji) => {
      const account = accounts.get(accountId);
      if (account) reactTo(account, messageId, emoji, false);
    },
    markRead,
    faults: faults.byId(accounts),
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

function attachmentType(file: StandInFile | null): string {
  const family = file?.mimeType.split("/")[0] ?? "";
  return ["image", "video", "audio"].includes(family) ? family : "file";
}

function messageOf(
  mid: string,
  text: string,
  attached: { type: string; url: string } | null,
  way: string,
  replyToId: string | null,
): JsonObject {
  const said: JsonObject = text === "" ? {} : { text };
  if (way === "story_reply")
    return { mid, ...said, reply_to: { story: { id: "18000000000000002", url: attached?.url ?? null } } };
  const payload = { url: attached?.url ?? null };
  if (way === "story_mention") return { mid, ...said, attachments: [{ type: "story_mention", payload }] };
  return {
    mid,
    ...said,
    ...(attached === null ? {} : { attachments: [{ type: attached.type, payload }] }),
    ...(replyToId === null ? {} : { reply_to: { mid: replyToId } }),
  };
}

/** What a story shows where nobody gave a picture: a sheet of one colour. */
const storyPicture = {
  mimeType: "image/png",
  bytes: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAFoAAACgCAIAAAADw+wqAAAA1UlEQVR42u3QMQ0AAAgDsAmdEAQijA8VTaqg2SkvCnTo0KFDhw4dOnTo0KFDhw4dOnTo0IEOHTp06NChQ4cOHTp06NChQ4cOHTp0oEOHDh06dOjQoUOHDh06dOjQoUOHDh3o0KFDhw4dOnTo0KFDhw4dOnTo0KFDBzp06NChQ4cOHTp06NChQ4cOHTp06NCBDh06dOjQoUOHDh06dOjQoUOHDh06dFjQoUOHDh06dOjQoUOHDh06dOjQoUMHOnTo0KFDhw4dOnTo0KFDhw4dOnTo0MH0AJhSqzhqA1w6AAAAAElFTkSuQmCC",
    "base64",
  ),
};

function publicPart({ credentials: _secret, ...account }: FakeAccount): StandInAccount {
  return account;
}

function newMid(): string {
  return `aWdf${randomBytes(45).toString("base64url")}ZD`;
}

function newCommentId(): string {
  return `179${Array.from({ length: 14 }, () => randomInt(0, 10)).join("")}`;
}
