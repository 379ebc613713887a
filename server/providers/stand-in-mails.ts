import { Hono, type Context } from "hono";
import { newId } from "#server/core/ids.ts";
import type { ProviderName } from "./contract.ts";
import type { AccountOptions, MailboxMail, MailStandIn, StandInAccount, StandInCustomer } from "./stand-in.ts";
import type { StandInBehaviour, StandInMail, StandInOptions } from "./stand-in.ts";
import { wellBehaved } from "./stand-in.ts";
import { createDeliveries, type Webhook } from "./stand-in-deliveries.ts";
import { createFaults } from "./stand-in-faults.ts";
import { cutLine } from "./stand-in-line.ts";
import { composeCustomerMail } from "./stand-in-mail-text.ts";
import { createCorrespondence, type Correspondence } from "./stand-in-correspondence.ts";

/** A sending domain at a vendor of mail, and what its customers saw. */
export interface MailAccount extends StandInAccount {
  /** As the vendor has them by now. */
  credentials: Readonly<Record<string, string>>;
  /** As the channel holds them. */
  held: Readonly<Record<string, string>>;
  /** Where customers' mails are taken in. */
  inbound: string;
  correspondence: Correspondence;
}

/** A customer's mail on its way to the business. */
export interface ArrivingMail {
  messageId: string;
  from: StandInCustomer;
  to: string;
  subject: string;
  bytes: Uint8Array<ArrayBuffer>;
  at: Date;
}

/** A mail of the business as the vendor took it. */
export interface TakenMail {
  /** The Message-ID that its receivers see. */
  messageId: string;
  /** How the vendor names it, where that differs. */
  vendorId: string;
  /** What was to come back with its events: variables, metadata, tags. */
  carried: Readonly<Record<string, string>>;
  to: readonly string[];
  replyTo: string | null;
  subject: string;
  text: string;
  files: readonly string[];
}

/** One step of a mail towards one receiver. */
export interface MailStep {
  kind: "delivered" | "failed" | "complaint" | "read";
  mail: TakenMail;
  to: string;
  /** Why it failed, such as `5.1.1`. */
  code: string;
  at: Date;
}

/** What a vendor's API routes are given to work with. */
export interface MailDesk {
  /** The account, as the vendor has it by now, whose credential of this name a request brings. */
  accountWith(field: string, value: string | undefined): MailAccount | null;
  /** The code that every send is refused with; null: none is. */
  refusal(): string | null;
  /** Takes a mail; customers see it, and its events follow. The answer is cut off where the line is lost. */
  take(context: Context, account: MailAccount, mail: TakenMail, accepted: () => Response): Response;
}

/** What differs from one vendor of mail to the next. */
export interface MailVendor {
  provider: ProviderName;
  /** The credential that opens its API, and the one that its posts are known by. */
  key: string;
  secret: string;
  /** The post that brings a customer's mail. */
  arrival(account: MailAccount, mail: ArrivingMail): Omit<Webhook, "url">;
  /** The post that tells of a step. */
  step(account: MailAccount, step: MailStep): Omit<Webhook, "url">;
  routes(app: Hono, desk: MailDesk): void;
}

/** A vendor of mail: takes mails over its API, posts customers' mails and what became of the business's. */
export function createMailStandIn(options: StandInOptions, vendor: MailVendor): MailStandIn {
  const accounts = new Map<string, MailAccount>();
  const faults = createFaults({ token_revoked: vendor.key, secret_renewed: vendor.secret });
  const listeners = new Set<(change: { accountId: string; address: string }) => void>();
  let behaviour: StandInBehaviour = { ...wellBehaved };
  const now = options.now ?? (() => new Date());
  const deliveries = createDeliveries(() => behaviour, options.retryDelaysMs);

  function addAccount(credentials: MailAccount["credentials"], { webhookUrl }: AccountOptions = {}): StandInAccount {
    const id = (credentials.from_address ?? "").toLowerCase();
    const account: MailAccount = {
      id,
      provider: vendor.provider,
      channelType: "email",
      address: id,
      webhookUrl: webhookUrl ?? options.webhookUrl,
      credentials: { ...credentials },
      held: { ...credentials },
      inbound: credentials.inbound_address || id,
      correspondence: accounts.get(id)?.correspondence ?? createCorrespondence(),
    };
    accounts.set(id, account);
    return publicPart(account);
  }

  function note(account: MailAccount, customer: StandInCustomer, mail: MailboxMail): void {
    account.correspondence.note(customer, mail);
    for (const listener of listeners) listener({ accountId: account.id, address: customer.address });
  }

  function deliver(accountId: string, mail: StandInMail): string {
    const account = accounts.get(accountId);
    if (!account) throw new Error(`no stand-in account ${accountId}`);
    const { from, subject, text, files = [] } = mail;
    const messageId = `<${newId()}@${from.address.split("@")[1] ?? "client.example"}>`;
    const to = account.correspondence.answersTo(mail.inReplyTo) ?? account.inbound;
    const names = files.map(({ fileName }) => fileName);
    note(account, from, { messageId, author: "customer", subject, text, at: now(), files: names });
    const at = now();
    const atVendor = faults.atVendor(account);
    const arriving = composeCustomerMail(mail, { messageId, to, at }).then((bytes) => ({
      url: atVendor.webhookUrl,
      ...vendor.arrival(atVendor, { messageId, from, to, subject, bytes, at }),
    }));
    deliveries.enqueue(arriving);
    return messageId;
  }

  const desk: MailDesk = {
    accountWith: (field, value) =>
      [...accounts.values()].map(faults.atVendor).find(({ credentials }) => value && credentials[field] === value) ??
      null,
    refusal: () => (behaviour.failSends === "lost" ? null : behaviour.failSends),
    take(context, account, mail, accepted) {
      const { failSends, failDelivery } = behaviour;
      if (mail.replyTo) account.correspondence.asksAnswersTo(mail.messageId, mail.replyTo);
      for (const to of mail.to) {
        const { messageId, subject, text, files } = mail;
        const customer = { address: to.toLowerCase(), name: null };
        note(account, customer, { messageId, author: "business", subject, text, at: now(), files: [...files] });
        for (const kind of stepsOf(behaviour, customer.address)) {
          const step = { kind, mail, to, code: failDelivery ?? "5.1.1", at: now() };
          deliveries.enqueue({ url: account.webhookUrl, ...vendor.step(account, step) });
        }
      }
      return failSends === "lost" ? cutLine(context) : accepted();
    },
  };
  const app = new Hono();
  vendor.routes(app, desk);

  return {
    kind: "mailbox",
    provider: vendor.provider,
    app,
    addAccount,
    removeAccount: (id) => void accounts.delete(id),
    accounts: () => [...accounts.values()].map(publicPart),
    deliver,
    mails: (accountId, address) => accounts.get(accountId)?.correspondence.seenBy(address) ?? [],
    customers: (accountId) => accounts.get(accountId)?.correspondence.customers() ?? [],
    faults: faults.byId(accounts),
    behaviour: () => ({ ...behaviour }),
    setBehaviour: (change) => {
      behaviour = { ...behaviour, ...change };
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    settled: deliveries.settled,
    deliveries: deliveries.counts,
    close: deliveries.close,
  };
}

/**
 * What becomes of a mail that was taken; `failDelivery` is a code such as `5.1.1`, or `complaint`. As SES's own
 * mailbox simulator has it, `bounce@…` does not exist and `complaint@…` calls everything spam.
 */
function stepsOf({ failDelivery, autoRead }: StandInBehaviour, to: string): MailStep["kind"][] {
  const [named] = /^(?:bounce|complaint)(?=[+@])/.exec(to) ?? [];
  if (failDelivery === "complaint" || named === "complaint") return ["delivered", "complaint"];
  if (failDelivery !== null || named === "bounce") return ["failed"];
  return autoRead ? ["delivered", "read"] : ["delivered"];
}

function publicPart({ id, provider, channelType, address, webhookUrl }: MailAccount): StandInAccount {
  return { id, provider, channelType, address, webhookUrl };
}
