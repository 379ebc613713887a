/** The routing key of a mailbox: one address belongs to one channel. */
export function mailboxKey(address: string): string {
  return `email:mailbox:${address.trim().toLowerCase()}`;
}
