import { randomBytes } from "node:crypto";
import { newToken } from "#server/core/ids.ts";
import type { Webhook } from "../stand-in-deliveries.ts";
import { createFaults } from "../stand-in-faults.ts";
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
 * Numbers of a stand-in, by what each is connected for: the texts and the calls of one number are two.
 * Twilio's one token opens its API and signs its posts: made anew, neither fits any longer.
 */
export function createFakeAccounts(webhookUrl: () => string) {
  const accounts = new Map<string, FakeAccount>();
  const faults = createFaults({ token_revoked: "auth_token", secret_renewed: "auth_token" });

  function add(credentials: Readonly<Record<string, string>>, own: AccountOptions = {}): StandInAccount {
    const { account_sid: sid = "", phone_number: number = "", messaging_service_sid: service = "" } = credentials;
    const channelType = channelTypeOf(credentials);
    const address = number === "" ? pooledNumber : canonicalAddress(number);
    const account: FakeAccount = {
      id: `${sid}:${channelType === "phone" ? "voice:" : ""}${number || service}`,
      provider: "twilio",
      channelType,
      address: channelType === "whatsapp" ? `whatsapp:${address.replace(/^whatsapp:/, "")}` : address,
      webhookUrl: own.webhookUrl ?? webhookUrl(),
      credentials,
    };
    accounts.set(account.id, account);
    return publicPart(account);
  }

  return {
    add,
    /** As Twilio has it by now. */
    get: (id: string): FakeAccount | undefined => {
      const account = accounts.get(id);
      return account && faults.atVendor(account);
    },
    remove: (id: string) => void accounts.delete(id),
    all: (): FakeAccount[] => [...accounts.values()].map(faults.atVendor),
    faults: faults.byId(accounts),
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
