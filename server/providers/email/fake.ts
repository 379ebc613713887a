import type { Context } from "hono";
import { Hono } from "hono";
import { newId } from "#server/core/ids.ts";
import { sameText } from "#server/core/crypto.ts";
import type {
  MailboxMail,
  StandInAccount,
  StandInBehaviour,
  StandInMail,
  StandInOptions,
  MailStandIn,
} from "../stand-in.ts";
import { wellBehaved } from "../stand-in.ts";
import { cutLine } from "../stand-in-line.ts";
import { createFaults } from "../stand-in-faults.ts";
import { composeCustomerMail, readTakenMail } from "../stand-in-mail-text.ts";
import { createFakeMailbox, type FakeMailbox } from "./fake-mailbox.ts";
import { serverHeader } from "./simulated-mailbox.ts";

interface FakeAccount extends StandInAccount {
  credentials: Readonly<Record<string, string>>;
  mailbox: FakeMailbox;
}

/**
 * A mail host for simulated channels: it keeps a mailbox per account, takes what the business sends and
 * holds the customers' side of it. Over HTTP, since a simulated channel works where no mail server runs.
 */
export function createEmailFake(options: StandInOptions): MailStandIn {
  const accounts = new Map<string, FakeAccount>();
  const listeners = new Set<(change: { accountId: string; address: string }) => void>();
  const underWay = new Set<Promise<void>>();
  const counts = { delivered: 0, retried: 0, dropped: 0 };
  const faults = createFaults({ password_changed: "imap_password" });
  const isFull = (account: FakeAccount) => faults.of(account).includes("mailbox_full");
  const stopped = new AbortController();
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const tell = (accountId: string, address: string) => {
    for (const listener of listeners) listener({ accountId, address });
  };

  function addAccount(credentials: Readonly<Record<string, string>>): StandInAccount {
    const id = (credentials.address ?? "").toLowerCase();
    const mailbox = accounts.get(id)?.mailbox ?? createFakeMailbox();
    const account: FakeAccount = {
      id,
      provider: "email",
      channelType: "email",
      address: id,
      webhookUrl: options.webhookUrl,
      credentials,
      mailbox,
    };
    accounts.set(id, account);
    return publicPart(account);
  }

  function deliver(accountId: string, mail: StandInMail): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const messageId = `<${newId()}@${mail.from.address.split("@")[1] ?? "client.example"}>`;
    account.mailbox.note(mail.from, {
      messageId,
      author: "customer",
      subject: mail.subject,
      text: mail.text,
      at: new Date(),
      files: (mail.files ?? []).map(({ fileName }) => fileName),
    });
    tell(accountId, mail.from.address);
    if (isFull(account)) {
      counts.dropped += 1;
      account.mailbox.note(mail.from, turnedAway(account, mail));
      return messageId;
    }
    const arriving = bring(account, mail, messageId).finally(() => underWay.delete(arriving));
    underWay.add(arriving);
    return messageId;
  }

  /** Lays the mail into the mailbox, late, twice or out of order where it is told to. */
  async function bring(account: FakeAccount, mail: StandInMail, messageId: string): Promise<void> {
    const bytes = await composeCustomerMail(mail, { messageId, to: account.address, at: new Date() });
    const { delayMs, shuffle, duplicate } = behaviour;
    await pause(shuffle ? Math.random() * Math.max(delayMs, 150) : delayMs, stopped.signal);
    if (stopped.signal.aborted) {
      counts.dropped += 1;
      return;
    }
    for (let copy = 0; copy <= Math.min(duplicate, 20); copy++) account.mailbox.add(bytes);
    counts.delivered += 1;
  }

  const app = new Hono();
  const signedIn = (context: Context): FakeAccount | null => {
    const given = Buffer.from((context.req.header("authorization") ?? "").replace(/^Basic /, ""), "base64").toString();
    const colon = given.indexOf(":");
    const account = accounts.get(given.slice(0, colon).toLowerCase());
    if (!account) return null;
    // A login of its own for sending is believed: there is but one mailbox.
    const { imap_password: password = "" } = faults.atVendor(account).credentials;
    return sameText(given.slice(colon + 1), password) ? account : null;
  };
  const refuse = (context: Context) => context.json({ code: 535, text: "5.7.8 Authentication failed" }, 401);
  app.use(async (context, next) => {
    const host = context.req.header(serverHeader) ?? "";
    if (isThere(host)) return next();
    return context.json({ error: "ENOTFOUND", text: `getaddrinfo ENOTFOUND ${host}` }, 502);
  });

  app.get("/folders", (context) => {
    const account = signedIn(context);
    return account ? context.json({ folders: ["INBOX", "Sent"], used: isFull(account) ? 1 : 0.1 }) : refuse(context);
  });
  app.get("/sent", (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    return context.json({}, account.mailbox.hasSent(context.req.query("id") ?? "") ? 200 : 404);
  });
  app.get("/mails", async (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    const after = Number(context.req.query("after")) || 0;
    const wait = Math.min(Number(context.req.query("wait")) || 0, 25_000);
    const gone = AbortSignal.any([stopped.signal, context.req.raw.signal]);
    await account.mailbox.until((mailbox) => mailbox.uidNext() > after + 1, wait, gone);
    const { uidValidity, uidNext, heads } = account.mailbox;
    return context.json({ uidValidity, uidNext: uidNext(), mails: heads(after) });
  });
  app.get("/mails/:uid", (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    const bytes = account.mailbox.bytes(Number(context.req.param("uid")));
    return bytes
      ? context.body(new Uint8Array(bytes), 200, { "content-type": "message/rfc822" })
      : context.json({}, 404);
  });
  app.post("/mails", async (context) => {
    const account = signedIn(context);
    if (!account) return refuse(context);
    const { raw, to, messageId } = await context.req.json<{ raw: string; to: string[]; messageId: string }>();
    const { failSends } = behaviour;
    if (failSends !== null && failSends !== "lost") {
      const code = Number(failSends) || 550;
      return context.json({ code, text: `${code} 5.1.1 refused by the simulator` }, 422);
    }
    const { subject, text, files } = await readTakenMail(Buffer.from(raw, "base64"));
    account.mailbox.keepSent(messageId);
    for (const address of to) {
      account.mailbox.note(
        { address: address.toLowerCase(), name: null },
        { messageId, subject, text, files: [...files], author: "business", at: new Date() },
      );
      tell(account.id, address.toLowerCase());
    }
    return failSends === "lost" ? cutLine(context) : context.json({ messageId });
  });

  return {
    kind: "mailbox",
    provider: "email",
    app,
    addAccount,
    removeAccount: (id) => void accounts.delete(id),
    accounts: () => [...accounts.values()].map(publicPart),
    deliver,
    mails: (accountId, address) => accounts.get(accountId)?.mailbox.seenBy(address) ?? [],
    customers: (accountId) => accounts.get(accountId)?.mailbox.customers() ?? [],
    faults: {
      kinds: ["password_changed", "mailbox_full"],
      ...faults.byId(accounts),
    },
    behaviour: () => ({ ...behaviour }),
    setBehaviour: (change) => {
      behaviour = { ...behaviour, ...change };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: async () => {
      while (underWay.size > 0) await Promise.all(underWay);
    },
    deliveries: () => ({ ...counts }),
    close: () => stopped.abort(),
  };
}

function publicPart({ credentials: _secret, mailbox: _mailbox, ...account }: FakeAccount): StandInAccount {
  return account;
}

/** Its mail servers are the only ones there are: any other name is a slip. */
function isThere(host: string): boolean {
  return host === "" || /^(?:imap|smtp|mail)\.(?:[\w-]+\.)+example$/.test(host);
}

/** What a customer gets back whose mail found no room. */
function turnedAway({ address }: FakeAccount, { subject }: StandInMail): MailboxMail {
  return {
    messageId: `<${newId()}@mx.example>`,
    author: "business",
    subject: `Undelivered: ${subject}`,
    text: `552 5.2.2 ${address}: mailbox full`,
    at: new Date(),
    files: [],
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    signal.addEventListener("abort", () => (clearTimeout(timer), resolve()), { once: true });
  });
}
