import type { MailboxMail, StandInCustomer } from "./stand-in.ts";

const mostCustomers = 200;
const mostSeen = 100;

export type Correspondence = ReturnType<typeof createCorrespondence>;

/** What each customer of an account sees in their mailbox. Bounded. */
export function createCorrespondence() {
  const threads = new Map<string, { customer: StandInCustomer; mails: MailboxMail[] }>();
  const replyTo = new Map<string, string>();

  return {
    /** Writes a mail into what the customer sees. */
    note(customer: StandInCustomer, mail: MailboxMail): void {
      const known = threads.get(customer.address);
      // Deleted first, so that the map stays ordered by the latest mail.
      threads.delete(customer.address);
      threads.set(customer.address, {
        customer: { ...customer, name: customer.name ?? known?.customer.name ?? null },
        mails: [...(known?.mails ?? []), mail].slice(-mostSeen),
      });
      const [oldest] = threads.keys();
      if (threads.size > mostCustomers && oldest !== undefined) threads.delete(oldest);
    },
    /** Remembers where an answer to a mail is asked to go. */
    asksAnswersTo(messageId: string, address: string): void {
      replyTo.set(messageId, address);
      const [oldest] = replyTo.keys();
      if (replyTo.size > 1_000 && oldest !== undefined) replyTo.delete(oldest);
    },
    answersTo: (messageId: string | undefined): string | null => replyTo.get(messageId ?? "") ?? null,
    seenBy: (address: string): MailboxMail[] => (threads.get(address)?.mails ?? []).map((mail) => ({ ...mail })),
    customers: (): StandInCustomer[] => [...threads.values()].map(({ customer }) => customer).toReversed(),
  };
}
