import { beforeEach, expect, test } from "vitest";
import { testDatabase } from "#db/testing.ts";
import { changeProspectStatus } from "./change-status.ts";
import { createProspect } from "./create-prospect.ts";
import { remindDueOwners } from "./remind-owners.ts";
import { openShop } from "./testing.ts";
import { updateProspect } from "./update-prospect.ts";

await testDatabase();

const hour = 3_600_000;
let shop: Awaited<ReturnType<typeof openShop>>;
let prospectId: string;

/** Paul's, to be spoken with in two hours. */
beforeEach(async () => {
  shop = await openShop();
  const { nadia, paul, sophie, clock } = shop;
  const nextFollowUpAt = new Date(clock.now().getTime() + 2 * hour);
  const { customerId } = sophie;
  ({ prospectId } = await createProspect(nadia.ctx, { customerId, ownerId: paul.userId, nextFollowUpAt }));
});

const told = () =>
  shop.rows<{ userId: string; times: number }>(
    `select user_id as "userId", times from notifications where kind = 'follow_up_due' order by id`,
  );
const inHours = (hours: number) => new Date(shop.clock.now().getTime() + hours * hour);

test("its owner is told when it is time, once, however many look", async () => {
  shop.clock.advance(2 * hour - 1);
  await remindDueOwners(shop.clock);
  expect(await told()).toEqual([]);
  shop.clock.advance(1);
  await Promise.all([remindDueOwners(shop.clock), remindDueOwners(shop.clock), remindDueOwners(shop.clock)]);
  await remindDueOwners(shop.clock);
  expect(await told()).toEqual([{ userId: shop.paul.userId, times: 1 }]);
});

test("another time is another reminder, and the one before is none", async () => {
  await updateProspect(shop.nadia.ctx, { prospectId, nextFollowUpAt: inHours(5) });
  shop.clock.advance(4 * hour);
  await remindDueOwners(shop.clock);
  expect(await told()).toEqual([]);
  shop.clock.advance(hour);
  await remindDueOwners(shop.clock);
  await updateProspect(shop.nadia.ctx, { prospectId, nextFollowUpAt: inHours(1) });
  shop.clock.advance(hour);
  await remindDueOwners(shop.clock);
  // Not seen in between: told once, counted twice.
  expect(await told()).toEqual([{ userId: shop.paul.userId, times: 2 }]);
});

test("what else changes moves no reminder; another owner gets it, nobody's is nobody's", async () => {
  const { nadia, paul, clock } = shop;
  await updateProspect(nadia.ctx, { prospectId, interest: "Lustre" });
  await updateProspect(nadia.ctx, { prospectId, ownerId: null });
  clock.advance(hour);
  await updateProspect(nadia.ctx, { prospectId, ownerId: nadia.userId });
  clock.advance(hour);
  await remindDueOwners(clock);
  expect(await told()).toEqual([{ userId: nadia.userId, times: 1 }]);
  await updateProspect(nadia.ctx, { prospectId, ownerId: paul.userId });
  await remindDueOwners(clock);
  expect(await told()).toHaveLength(1);
});

test("nobody is told of what is over; opened again before its time, they are", async () => {
  const { nadia, clock } = shop;
  await changeProspectStatus(nadia.ctx, { prospectId, status: "lost" });
  clock.advance(hour);
  await remindDueOwners(clock);
  await changeProspectStatus(nadia.ctx, { prospectId, status: "follow_up" });
  clock.advance(hour);
  await remindDueOwners(clock);
  expect(await told()).toHaveLength(1);
});
