import { describe, expect, test } from "vitest";
import type { MadeCustomer } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn } from "#server/auth/testing.ts";
import { newToken } from "#server/core/ids.ts";
import { minute } from "#server/domains/appointment-messages/testing.ts";
import { declineOffer } from "./answer-offer.ts";
import { offerTime } from "./change-entry.ts";
import { endPastWaits } from "./jobs.ts";
import { listWaitlist } from "./list-waitlist.ts";
import { waitingShop } from "./testing.ts";

openSignIn(await testDatabase());

describe("who waits past their last day", () => {
  /** The last minute of Tuesday by the clock of the business. */
  const lastMinute = "2026-11-24T22:59:00Z";

  test("waits no more, is told of once in the audit log, and keeps no place", async () => {
    const shop = await waitingShop();
    const [ana, bob] = shop.people as [MadeCustomer, MadeCustomer];
    await shop.wait(ana.customerId, { until: lastMinute });
    await shop.wait(bob.customerId, { until: "2026-11-26T00:00:00Z" });
    shop.until("2026-11-24T22:58:59.999Z");
    await endPastWaits(shop.clock);
    expect((await listWaitlist(shop.nadia.ctx, {})).rows).toHaveLength(3);
    shop.until(lastMinute);
    await Promise.all([endPastWaits(shop.clock), endPastWaits(shop.clock)]);
    await endPastWaits(shop.clock);
    const ended = await shop.rows(
      "select actor_type, entity_id, data from audit_log where action = 'waitlist.end' order by id",
    );
    expect(ended).toEqual([
      { actor_type: "job", entity_id: shop.entries[0], data: { until: new Date(lastMinute).toISOString() } },
    ]);
    expect((await listWaitlist(shop.nadia.ctx, { status: "done" })).rows).toMatchObject([
      { customerName: "Ana", status: "over" },
    ]);
    const { entryId } = await shop.wait(ana.customerId, { until: "2026-11-26T00:00:00Z" });
    expect(entryId).not.toBe(shop.entries[0]);
    expect((await listWaitlist(shop.nadia.ctx, {})).rows.map(({ customerName }) => customerName)).toEqual([
      "Bob",
      "Cléo",
      "Ana",
    ]);
  });

  test("keeps an offer that is open until it is answered or lapses", async () => {
    const shop = await waitingShop();
    const { customerId } = shop.people[0]!;
    const entryId = shop.entries[0]!;
    const startsAt = new Date("2026-11-24T18:30:00Z");
    await offerTime(shop.nadia.ctx, { entryId, userId: shop.nadia.userId, startsAt });
    const soon = new Date(shop.clock.now().getTime() + minute);
    await shop.wait(customerId, { from: shop.clock.now().toISOString(), until: soon.toISOString() });
    shop.until(soon.toISOString());
    await endPastWaits(shop.clock);
    const status = async () =>
      (await shop.rows<{ status: string }>("select status from waitlist_entries where id = $1", entryId))[0]?.status;
    expect(await status()).toBe("waiting");
    await declineOffer(`2001:db8:${newToken(2)}::1`, await shop.link(0), shop.clock);
    await endPastWaits(shop.clock);
    expect(await status()).toBe("over");
  });
});
