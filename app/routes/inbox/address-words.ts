import type { Format } from "#app/i18n/format.ts";

/** How a customer's address on a channel is read: the subject of a mail, a phone as people write it. */
export function addressWords(
  { address, subject }: { address: string; subject: string | null },
  format: Format,
): string {
  if (subject) return subject;
  return address.startsWith("+") ? format.phone(address) : address;
}
