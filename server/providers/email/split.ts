import { mailPart } from "#server/mail/index.ts";
import type { EventPart, RawPost } from "../contract.ts";
import { MalformedPost } from "../contract.ts";
import { mailboxKey } from "./address.ts";

/** Whose mailbox a mail was found in: the worker says it, no mail does. */
export const mailboxHeader = "x-guichet-mailbox";

/** A mail found in a mailbox is one event of that mailbox. */
export async function split({ body, headers }: RawPost): Promise<EventPart[]> {
  const address = headers[mailboxHeader];
  if (!address) throw new MalformedPost("found in no mailbox");
  return [await mailPart(body, { routingKeys: [mailboxKey(address)], own: [address] })];
}
