import { randomBytes } from "node:crypto";
import { newToken } from "#server/core/ids.ts";
import type { Webhook } from "../stand-in-deliveries.ts";
import type { AccountOptions, StandInAccount } from "../stand-in.ts";
import { canonicalAddress } from "./address.ts";
import { channelTypeOf } from "./credentials.ts";
import { signatureOf } from "./verify.ts";

export interface FakeAccount extends StandInAccount {
  credentials: Readonly<Record<string, string>>;
}

/** The number that a messaging service without one of its own sends from. */
const pooledNumber = "+33199009900";

/**
 * Numbers of a stand-in, by what each is connected for: the texts and the calls of one number are two. The
 * token that an account came with first is the vendor's: a channel that gives another one later is wrong.
 */
export function createFakeAccounts(webhookUrl: string) {
  const accounts = new Map<string, FakeAccount>();
  const tokens = new Map<string, string>();
  /** Where posts of a number go by its owner's will, instead of where the channel says. */
  const addresses = new Map<string, string>();

  function add(credentials: Readonly<Record<string, string>>, own: AccountOptions = {}): StandInAccount {
    const { account_sid: sid = "", phone_number: number = "", messaging_service_sid: service = "" } = credentials;
    const channelType = channelTypeOf(credentials);
    const address = number === "" ? pooledNumber : canonicalAddress(number);
    const id = `${sid}:${channelType === "phone" ? "voice:" : ""}${number || service}`;
    const token = tokens.get(sid) ?? credentials.auth_token ?? "";
    tokens.set(sid, token);
    const account: FakeAccount = {
      id,
      provider: "twilio",
      channelType,
      address: channelType === "whatsapp" ? `whatsapp:${address.replace(/^whatsapp:/, "")}` : address,
      webhookUrl: addresses.get(id) ?? own.webhookUrl ?? webhookUrl,
      credentials: { ...credentials, auth_token: token },
    };
    // Calls and texts under way hold on to the account.
    const kept = Object.assign(accounts.get(id) ?? account, account);
    accounts.set(id, kept);
    return publicPart(kept);
  }

  function remove(id: string): void {
    const sid = accounts.get(id)?.credentials.account_sid ?? "";
    accounts.delete(id);
    addresses.delete(id);
    if (![...accounts.values()].some(({ credentials }) => credentials.account_sid === sid)) tokens.delete(sid);
  }

  /** Makes the account's token void. Answers the new one. */
  function renewToken(sid: string): string {
    const token = newToken(24);
    tokens.set(sid, token);
    for (const account of accounts.values()) {
      if (account.credentials.account_sid === sid) account.credentials = { ...account.credentials, auth_token: token };
    }
    return token;
  }

  /** Has everything of a number posted to this address. */
  function postTo(id: string, address: string): void {
    const account = accounts.get(id);
    if (!account) return;
    addresses.set(id, address);
    account.webhookUrl = address;
  }

  return {
    add,
    get: (id: string) => accounts.get(id),
    remove,
    renewToken,
    postTo,
    all: (): FakeAccount[] => [...accounts.values()],
    /** Those that carry texts, or those that carry calls. */
    listed: (calls: boolean): StandInAccount[] =>
      [...accounts.values()].filter(({ channelType }) => (channelType === "phone") === calls).map(publicPart),
  };
}

export type FakeAccounts = ReturnType<typeof createFakeAccounts>;

/** People know a WhatsApp number without Twilio's prefix. */
function publicPart({ credentials: _secret, ...account }: FakeAccount): StandInAccount {
  return { ...account, address: account.address.replace(/^whatsapp:/, "") };
}

export function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString("hex");
}

/** A form as Twilio posts it: signed with the account's token over the address it goes to. */
export function signedPost(account: FakeAccount, url: string, form: URLSearchParams): Webhook {
  return {
    url,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "user-agent": "TwilioProxy/1.1",
      "x-twilio-signature": signatureOf(url, form, account.credentials.auth_token ?? ""),
      "i-twilio-idempotency-token": newToken(16),
    },
    body: form.toString(),
  };
}
