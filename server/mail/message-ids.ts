import { keyOf, storableText } from "#server/providers/read-json.ts";

const id = /<\s*([^<>\s]{1,998})\s*>/g;
const own = /^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.guichet@[^<>\s]+>$/;
const token = /\+g([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})@/i;

/** Message-IDs of a header, angle brackets included, in order; a bare word counts as one where none has brackets. */
export function messageIdsIn(value: string): string[] {
  const text = storableText(value).slice(0, 100_000);
  const found = [...text.matchAll(id)].map(([, inner]) => `<${inner}>`);
  const bare = /^\s*([^\s<>]+@[^\s<>]+)\s*$/.exec(text)?.[1];
  return (found.length === 0 && bare ? [`<${bare}>`] : found).map(keyOf);
}

/** The Message-ID of a mail we write: it carries our message id, so that whatever comes back names it. */
export function ownMessageId(messageId: string, address: string): string {
  return `<${messageId}.guichet@${address.slice(address.lastIndexOf("@") + 1).toLowerCase()}>`;
}

/** Our message id in a Message-ID of ours; null in another's. */
export function ownMessageOf(messageId: string | null | undefined): string | null {
  return own.exec(messageId ?? "")?.[1] ?? null;
}

/** Where an answer finds its conversation even when the customer's program forgets what it answers. */
export function replyAddress(mailbox: string, conversationId: string): string {
  const at = mailbox.lastIndexOf("@");
  return `${mailbox.slice(0, at)}+g${conversationId.replaceAll("-", "")}${mailbox.slice(at)}`;
}

/** The conversation that a {@link replyAddress} names; null where the address is none. */
export function conversationOfAddress(address: string): string | null {
  const found = token.exec(address);
  return found ? found.slice(1).join("-").toLowerCase() : null;
}
