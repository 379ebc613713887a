import type { AddressObject, EmailAddress } from "mailparser";
import { storableText } from "#server/providers/read-json.ts";
import { mailLimits } from "./limits.ts";
import type { MailAddress } from "./mail-payload.ts";

const plausible = /^[^\s@<>",;:()]{1,64}@[^\s@<>",;:()]{1,189}$/;

/** An address in lower case, or null for what is none. */
export function canonicalEmail(text: string | null | undefined): string | null {
  const address = storableText(text ?? "")
    .trim()
    .toLowerCase();
  return plausible.test(address) ? address : null;
}

/** The address without what stands after `+`: one mailbox, however it was written to. */
export function mailboxOf(address: string): string {
  return address.toLowerCase().replace(/\+[^@]*@/, "@");
}

/** Whether the address is one of ours, with or without a part after `+`. */
export function isOwn(address: string, own: readonly string[]): boolean {
  const mailbox = mailboxOf(address);
  return own.some((one) => one.toLowerCase() === address || mailboxOf(one) === mailbox);
}

/** The addresses of a header, groups opened, each once. */
export function addressesIn(value: AddressObject | AddressObject[] | undefined): MailAddress[] {
  const found = new Map<string, MailAddress>();
  const waiting: EmailAddress[] = [value ?? []].flat().flatMap((one) => one.value);
  for (let next = waiting.shift(); next && found.size < mailLimits.addresses; next = waiting.shift()) {
    if (next.group) waiting.unshift(...next.group.slice(0, mailLimits.addresses));
    const address = canonicalEmail(next.address);
    if (address && !found.has(address)) found.set(address, { address, name: nameOf(next.name) });
  }
  return [...found.values()];
}

function nameOf(text: string | undefined): string | null {
  const name = storableText(text ?? "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return name === "" ? null : name.slice(0, 200).toWellFormed();
}
