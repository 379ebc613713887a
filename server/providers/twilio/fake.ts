import { createDeliveries } from "../stand-in-deliveries.ts";
import { createPhones, shownFile } from "../stand-in-phones.ts";
import {
  wellBehaved,
  type CallStandIn,
  type PhoneStandIn,
  type StandInBehaviour,
  type StandInCustomer,
  type StandInOptions,
  type WriteOptions,
} from "../stand-in.ts";
import { isWhatsapp } from "./address.ts";
import { twilioUrl } from "./client.ts";
import { channelTypeOf } from "./credentials.ts";
import { createFakeAccounts, newSid, signedPost, type FakeAccount } from "./fake-accounts.ts";
import { createFakeApi, type ListedText, type SentText } from "./fake-api.ts";
import { createFakeCalls, type FakeCallsOptions } from "./fake-calls.ts";
import { inboundForm } from "./fake-forms.ts";
import { readTwiml } from "./fake-twiml.ts";
import { consentIn } from "./post-kind.ts";

const windowMs = 24 * 60 * 60 * 1000;
const mostSent = 20_000;

interface FakeOptions extends StandInOptions {
  /** What becomes of numbers that a call is passed on to. */
  answers?: FakeCallsOptions["answers"];
}

/** A stand-in for Twilio's messaging alone. */
export function createTwilioFake(options: FakeOptions): PhoneStandIn {
  return createTwilioFakes(options)[0];
}

/**
 * Stand-ins for Twilio: the phones that text and the telephones that call, behind one API. Accounts are
 * channels, by their own credentials.
 */
export function createTwilioFakes(options: FakeOptions): [PhoneStandIn, CallStandIn] {
  const accounts = createFakeAccounts(() => options.webhookUrl);
  const apiBaseUrl = () => options.apiBaseUrl ?? twilioUrl;
  const sentTexts = new Map<string, ListedText & { sent: SentText }>();
  const media = new Map<string, { mimeType: string; bytes: Uint8Array }>();
  const recordings = new Map<string, { mimeType: string; bytes: Uint8Array }>();
  const optedOut = new Set<string>();
  const answered = new Set<string>();
  const phones = createPhones();
  const fetching = new Set<Promise<void>>();
  const listeners = new Set<(change: { accountId: string; address: string }) => void>();
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);
  const app = createFakeApi({
    accounts: accounts.all,
    behaviour: () => behaviour,
    media,
    recordings,
    sent: () => [...sentTexts.values()],
    isOptedOut: (account, address) => optedOut.has(`${account.id} ${address}`),
    take: takeSent,
  });
  const calls = createFakeCalls({
    accounts,
    deliveries,
    recordings,
    apiBaseUrl,
    answers: options.answers,
    changed: (change) => {
      for (const listener of listeners) listener(change);
    },
  });

  function write(accountId: string, customer: StandInCustomer, text: string, more: WriteOptions = {}): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const sid = newSid(more.file ? "MM" : "SM");
    const form = inboundForm(account, customer, sid, text);
    if (more.replyToId) form.set("OriginalRepliedMessageSid", more.replyToId);
    if (more.file) {
      const mediaSid = newSid("ME");
      media.set(mediaSid, more.file);
      forgetOldest(media, 100);
      const path = `/2010-04-01/Accounts/${account.credentials.account_sid}/Messages/${sid}/Media/${mediaSid}`;
      form.set("NumMedia", "1");
      form.set("MediaContentType0", more.file.mimeType);
      form.set("MediaUrl0", apiBaseUrl() + path);
    }
    phones.add(accountId, customer, {
      id: sid,
      author: "customer",
      text,
      at: more.at ?? new Date(),
      tick: "pending",
      replyToId: more.replyToId ?? null,
      hasImage: more.file?.mimeType.startsWith("image/") ?? false,
      ...shownFile(more.file),
    });
    const consent = consentIn({ Body: text });
    if (consent === "stop") optedOut.add(`${accountId} ${customer.address}`);
    if (consent === "start") optedOut.delete(`${accountId} ${customer.address}`);
    post(account, account.webhookUrl, form, (answer) => {
      phones.tick(sid, "delivered");
      if (answered.has(sid)) return;
      answered.add(sid);
      if (answered.size > mostSent) answered.clear();
      for (const verb of readTwiml(answer).filter(({ name }) => name === "Message")) {
        const to = isWhatsapp(account.address) ? `whatsapp:${customer.address}` : customer.address;
        const statusCallback = verb.attributes.statusCallback ?? null;
        const reply = {
          to,
          address: customer.address,
          text: verb.text,
          statusCallback,
          media: [],
          fromTemplate: false,
        };
        takeSent(account, reply);
      }
    });
    return sid;
  }

  /** A message of the business: shown on the phone, then reported to its status callback. */
  function takeSent(account: FakeAccount, sent: SentText): string {
    const sid = newSid(sent.media.length > 0 ? "MM" : "SM");
    sentTexts.set(sid, { account, sid, to: sent.to, text: sent.text, at: new Date(), sent });
    forgetOldest(sentTexts, mostSent);
    const failure = behaviour.failDelivery ?? (isOutsideWindow(account, sent) ? "63016" : null);
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
        hasImage: sent.media.length > 0,
      },
    );
    report(sid, "sent");
    const reporting = fetchAll(sent.media).then((fetched) => {
      const code = failure ?? (fetched ? null : "11200");
      phones.tick(sid, code === null ? "delivered" : "failed");
      report(sid, code === null ? "delivered" : "undelivered", code);
      if (code === null && behaviour.autoRead) markRead(account.id, sent.address);
      fetching.delete(reporting);
    });
    fetching.add(reporting);
    return sid;
  }

  /** WhatsApp lets the business write freely for a day after the customer did; Twilio tells it afterwards. */
  function isOutsideWindow(account: FakeAccount, { address, fromTemplate }: SentText): boolean {
    if (!isWhatsapp(account.address) || fromTemplate) return false;
    const theirs = phones.transcript(account.id, address).filter(({ author }) => author === "customer");
    return (theirs.at(-1)?.at.getTime() ?? 0) < Date.now() - windowMs;
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

  function report(sid: string, status: string, errorCode: string | null = null): void {
    const known = sentTexts.get(sid);
    if (!known || known.sent.statusCallback === null) return;
    const { sent } = known;
    const account = accounts.get(known.account.id) ?? known.account;
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
    if (errorCode !== null) form.set("ErrorCode", errorCode);
    post(account, known.sent.statusCallback, form);
  }

  function post(account: FakeAccount, url: string, form: URLSearchParams, delivered?: (answer: string) => void): void {
    deliveries.enqueue({ ...signedPost(account, url, form), ...(delivered ? { delivered } : {}) });
  }

  const shared = {
    provider: "twilio" as const,
    app,
    addAccount: accounts.add,
    removeAccount: accounts.remove,
    faults: accounts.faults,
    behaviour: () => ({ ...behaviour }),
    setBehaviour: (change: Partial<StandInBehaviour>) => {
      behaviour = { ...behaviour, ...change };
    },
    settled: async () => {
      do {
        await Promise.all(fetching);
        await deliveries.settled();
      } while (fetching.size > 0);
    },
    deliveries: deliveries.counts,
    close: deliveries.close,
  };
  const texts: PhoneStandIn = {
    ...shared,
    kind: "phone",
    carries: (credentials) => channelTypeOf(credentials) !== "phone",
    accounts: () => accounts.listed(false),
    write,
    markRead,
    customers: phones.customers,
    transcript: phones.transcript,
    subscribe: phones.subscribe,
  };
  const telephones: CallStandIn = {
    ...shared,
    ...calls,
    kind: "call",
    functions: false,
    carries: (credentials) => channelTypeOf(credentials) === "phone",
    accounts: () => accounts.listed(true),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  return [texts, telephones];
}

/** Twilio fetches the files of a message itself. */
async function fetchAll(urls: readonly string[]): Promise<boolean> {
  const answers = await Promise.all(
    urls.map((url) =>
      fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
        async (response) => (await response.arrayBuffer()).byteLength > 0 && response.ok,
        () => false,
      ),
    ),
  );
  return answers.every(Boolean);
}

function forgetOldest(map: Map<string, unknown>, most: number): void {
  const [oldest] = map.keys();
  if (map.size > most && oldest !== undefined) map.delete(oldest);
}
