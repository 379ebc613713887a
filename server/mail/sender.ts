import { z } from "zod";
import type { ChannelAccess, CredentialField, JsonObject, OutboundMail } from "#server/providers/contract.ts";
import { listOf } from "#server/providers/read-json.ts";
import { canonicalEmail, mailboxOf } from "./addresses.ts";

/** What every channel of a mail vendor names: whom its mails come from, and where answers are taken in. */
export const senderShape = {
  from_address: z.email().max(254).toLowerCase(),
  from_name: z
    .string()
    .trim()
    .max(100)
    // A line break in a name would begin a new header.
    .regex(/^[^\p{Cc}]*$/u)
    .default(""),
  inbound_address: z.union([z.literal(""), z.email().max(254).toLowerCase()]).default(""),
};

export const senderFields: readonly CredentialField[] = [
  { name: "from_address", secret: false, required: true, example: "bonjour@atelier-lumen.example" },
  { name: "from_name", secret: false, required: false, example: "Atelier Lumen" },
  { name: "inbound_address", secret: false, required: false, example: "bonjour@reponses.atelier-lumen.example" },
];

export interface Sender {
  address: string;
  name: string;
  /** Where answers are taken in; the address itself unless the vendor takes mail for another domain. */
  inbound: string;
}

export function senderOf(credentials: ChannelAccess["credentials"]): Sender {
  const { from_address: address = "", from_name: name = "", inbound_address: inbound = "" } = credentials;
  return { address, name, inbound: inbound || address };
}

/** Where answers go: as the thread says, else to the address that the vendor takes mail in for. */
export function replyToOf({ address, inbound }: Sender, mail: OutboundMail): string | null {
  return mail.replyTo ?? (inbound === address ? null : inbound);
}

/** The routing keys of a channel: by where mail comes in, and by whom it goes out as. */
export function mailKeysOf(provider: string, credentials: ChannelAccess["credentials"]): string[] {
  const { address, inbound } = senderOf(credentials);
  return [...new Set([inbound, address])].map((one) => mailKey(provider, one));
}

export function mailKey(provider: string, address: string): string {
  return `${provider}:mailbox:${mailboxOf(address)}`.slice(0, 255);
}

/** Keys of the addresses that a mail was delivered to, best first; at most twenty. */
export function mailKeysFor(provider: string, addresses: readonly (string | null | undefined)[]): string[] {
  const found = addresses.flatMap((address) => canonicalEmail(address) ?? []);
  return [...new Set(found.map((address) => mailKey(provider, address)))].slice(0, 20);
}

/** Texts of a stored list. */
export function ownOf(payload: JsonObject): string[] {
  return listOf(payload.own).filter((one) => typeof one === "string");
}
