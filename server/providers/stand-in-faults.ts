import type { AccountFault, AccountFaults } from "./stand-in.ts";
import { accountFaults } from "./stand-in.ts";

interface Account {
  id: string;
  webhookUrl: string;
  credentials: Readonly<Record<string, string>>;
}

/** The credential that each fault is about; a fault without one lasts until it is taken back. */
type FaultyCredentials = Partial<Record<AccountFault, string>>;

/**
 * What was changed in the vendor's console behind our back, account by account. A fault about a credential
 * is over once the channel has another one.
 */
export function createFaults(credentials: FaultyCredentials) {
  /** By account and fault: the credential's value when it began. */
  const begun = new Map<string, string>();
  const valueOf = (account: Account, fault: AccountFault) => account.credentials[credentials[fault] ?? ""] ?? "";
  const keyOf = (accountId: string, fault: AccountFault) => `${accountId} ${fault}`;

  const has = (account: Account, fault: AccountFault) =>
    begun.get(keyOf(account.id, fault)) === valueOf(account, fault);

  const of = (account: Account): AccountFault[] => accountFaults.filter((fault) => has(account, fault));
  const set = (account: Account, fault: AccountFault, on: boolean): void => {
    if (on) begun.set(keyOf(account.id, fault), valueOf(account, fault));
    else begun.delete(keyOf(account.id, fault));
  };

  return {
    of,
    set,
    /** The same for whoever knows accounts by their id alone; nothing for one that is gone. */
    byId: (accounts: ReadonlyMap<string, Account>): AccountFaults => ({
      of: (id) => {
        const account = accounts.get(id);
        return account ? of(account) : [];
      },
      set: (id, fault, on) => {
        const account = accounts.get(id);
        if (account) set(account, fault, on);
      },
    }),
    /** The account as the vendor has it by now. */
    atVendor: <Some extends Account>(account: Some): Some => {
      const changed = { ...account.credentials };
      for (const fault of accountFaults) {
        const name = credentials[fault];
        if (name !== undefined && has(account, fault)) changed[name] = `${changed[name] ?? ""}-not-any-more`;
      }
      const webhookUrl = has(account, "address_changed") ? `${account.webhookUrl}-of-before` : account.webhookUrl;
      return { ...account, webhookUrl, credentials: changed };
    },
  };
}
