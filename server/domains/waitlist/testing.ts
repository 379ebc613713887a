import type { MadeCustomer } from "#db/factories.ts";
import { createCustomer } from "#db/factories.ts";
import { tellingShop } from "#server/domains/appointment-messages/testing.ts";
import { stepDueOpenings } from "./jobs.ts";
import { joinWaitlist } from "./join-waitlist.ts";

/** A business that is fully booked on Tuesday at ten, for which three people wait. */
export async function waitingShop() {
  const shop = await tellingShop();
  const { appointmentId } = await shop.book("2026-11-24T09:00:00Z");
  const people: MadeCustomer[] = [];
  for (const displayName of ["Ana", "Bob", "Cléo"]) people.push(await createCustomer(shop.tenant, { displayName }));
  const { serviceId } = shop.service;
  const wait = (customerId: string, values: { from?: string; until?: string; memberId?: string | null } = {}) =>
    joinWaitlist(shop.nadia.ctx, {
      serviceId,
      customerId,
      memberId: values.memberId ?? null,
      from: new Date(values.from ?? "2026-11-24T00:00:00Z"),
      until: new Date(values.until ?? "2026-11-25T00:00:00Z"),
    });
  const entries: string[] = [];
  for (const { customerId } of people) {
    entries.push((await wait(customerId)).entryId);
    shop.clock.advance(1000);
  }
  return {
    ...shop,
    appointmentId,
    people,
    entries,
    wait,
    step: () => stepDueOpenings(shop.clock),
    /** Who was offered what, in order. */
    offers: () =>
      shop.rows<{ who: string; status: string; starts_at: Date; expires_at: Date }>(
        `select customer.display_name as who, offer.status, offer.starts_at, offer.expires_at
           from waitlist_offers offer join waitlist_entries entry on entry.id = offer.entry_id
           join customers customer on customer.id = entry.customer_id order by offer.id`,
      ),
    /** What the latest link carries that was written to a person. */
    link: async (at: number) => {
      const [message] = await shop.rows<{ text: string }>(
        "select text from messages where customer_id = $1 and text like '%/offer/%' order by id desc limit 1",
        people[at]!.customerId,
      );
      return { token: /\/offer\/([\w-]+)/.exec(message?.text ?? "")?.[1] ?? "" };
    },
  };
}
