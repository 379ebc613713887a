import { randomBytes } from "node:crypto";
import { newToken } from "#server/core/ids.ts";
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
import { canonicalAddress, isWhatsapp } from "./address.ts";
import { twilioUrl } from "./client.ts";
import { createFakeApi, type FakeAccount, type SentText } from "./fake-api.ts";
import { inboundForm } from "./fake-forms.ts";
import { consentIn } from "./post-kind.ts";
import { signatureOf } from "./verify.ts";

/** The number that a messaging service without one of its own sends from. */
const pooledNumber = "+33199009900";

/** A stand-in for Twilio's messaging API. Accounts are channels, by their own credentials. */
export function createTwilioFake(
  options: StandInOptions & { accounts?: readonly Readonly<Record<string, string>>[] },
): PhoneStandIn {
  const accounts = new Map<string, FakeAccount>();
  const callbacks = new Map<string, { url: string; account: FakeAccount; sent: SentText }>();
  const media = new Map<string, { mimeType: string; bytes: Uint8Array }>();
  const optedOut = new Set<string>();
  const phones = createPhones();
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);
  const app = createFakeApi({
    accounts: () => [...accounts.values()],
    behaviour: () => behaviour,
    media,
    isOptedOut: (account, address) => optedOut.has(`${account.id} ${address}`),
    take: takeSent,
  });

  function addAccount(
    credentials: Readonly<Record<string, string>>,
    own: { webhookUrl?: string } = {},
  ): StandInAccount {
    const { account_sid: sid = "", phone_number: number = "", messaging_service_sid: service = "" } = credentials;
    const account: FakeAccount = {
      id: `${sid}:${number || service}`,
      provider: "twilio",
      channelType: "sms",
      address: number === "" ? pooledNumber : canonicalAddress(number),
      webhookUrl: own.webhookUrl ?? options.webhookUrl,
      credentials,
    };
    accounts.set(account.id, account);
    return publicPart(account);
  }

  function write(accountId: string, customer: StandInCustomer, text: string, more: WriteOptions = {}): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const sid = newSid(more.image ? "MM" : "SM");
    const form = inboundForm(account, customer, sid, text);
    if (more.replyToId) form.set("OriginalRepliedMessageSid", more.replyToId);
    if (more.image) {
      const mediaSid = newSid("ME");
      media.set(mediaSid, more.image);
      const [oldest] = media.keys();
      if (media.size > 100 && oldest !== undefined) media.delete(oldest);
      const path = `/2010-04-01/Accounts/${account.credentials.account_sid}/Messages/${sid}/Media/${mediaSid}`;
      form.set("NumMedia", "1");
      form.set("MediaContentType0", more.image.mimeType);
      form.set("MediaUrl0", `${options.apiBaseUrl ?? twilioUrl}${path}`);
    }
    phones.add(accountId, customer, {
      id: sid,
      author: "customer",
      text,
      at: new Date(),
      tick: "pending",
      replyToId: more.replyToId ?? null,
      hasImage: more.image !== undefined,
    });
    const consent = consentIn({ Body: text });
    if (consent === "stop") optedOut.add(`${accountId} ${customer.address}`);
    if (consent === "start") optedOut.delete(`${accountId} ${customer.address}`);
    post(account, account.webhookUrl, form, () => void phones.tick(sid, "delivered"));
    return sid;
  }

  /** A message of the business: shown on the phone, then reported to its status callback. */
  function takeSent(account: FakeAccount, sent: SentText): string {
    const sid = newSid("SM");
    phones.add(
      account.id,
      { address: sent.address, name: null },
      {
        id: sid,
        author: "business",
        text: sent.text,
        at: new Date(),
        tick: "sent",
        replyToId: null,
        hasImage: false,
      },
    );
    if (sent.statusCallback !== null) {
      callbacks.set(sid, { url: sent.statusCallback, account, sent });
      const [oldest] = callbacks.keys();
      if (callbacks.size > 20_000 && oldest !== undefined) callbacks.delete(oldest);
    }
    report(sid, "sent");
    const failed = behaviour.failDelivery !== null;
    phones.tick(sid, failed ? "failed" : "delivered");
    report(sid, failed ? "undelivered" : "delivered");
    if (!failed && behaviour.autoRead) markRead(account.id, sent.address);
    return sid;
  }

  /** Texts know no reading; only what travels over WhatsApp is reported as read. */
  function markRead(accountId: string, address: string): void {
    const account = accounts.get(accountId);
    if (!account || !isWhatsapp(account.address)) return;
    for (const message of phones.transcript(accountId, address)) {
      if (message.author !== "business" || message.tick !== "delivered") continue;
      phones.tick(message.id, "read");
      report(message.id, "read");
    }
  }

  function report(sid: string, status: string): void {
    const callback = callbacks.get(sid);
    if (!callback) return;
    const { account, sent } = callback;
    const form = new URLSearchParams({
      ApiVersion: "2010-04-01",
      AccountSid: account.credentials.account_sid ?? "",
      MessageSid: sid,
      MessageStatus: status,
      SmsSid: sid,
      SmsStatus: status,
      From: account.address,
      To: sent.to,
    });
    if (account.credentials.messaging_service_sid) {
      form.set("MessagingServiceSid", account.credentials.messaging_service_sid);
    }
    if (status === "undelivered") form.set("ErrorCode", behaviour.failDelivery ?? "30005");
    post(account, callback.url, form);
  }

  function post(account: FakeAccount, url: string, form: URLSearchParams, delivered?: () => void): void {
    deliveries.enqueue({
      url,
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        "user-agent": "TwilioProxy/1.1",
        "x-twilio-signature": signatureOf(url, form, account.credentials.auth_token ?? ""),
        "i-twilio-idempotency-token": newToken(16),
      },
      body: form.toString(),
      ...(delivered ? { delivered } : {}),
    });
  }

  for (const credentials of options.accounts ?? []) addAccount(credentials);
  return {
    kind: "phone",
    provider: "twilio",
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

function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}
