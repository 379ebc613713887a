import { describe, expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn } from "#server/auth/testing.ts";
import { newToken } from "#server/core/ids.ts";
import { hour, minute } from "#server/domains/appointment-messages/testing.ts";
import { cancelAppointment } from "#server/domains/appointments/change-status.ts";
import { rescheduleAppointment } from "#server/domains/appointments/reschedule-appointment.ts";
import { eraseCustomer } from "#server/domains/erasure/erase-customer.ts";
import { addTimeOff, removeTimeOff } from "#server/domains/scheduling/time-off.ts";
import { acceptOffer, declineOffer, openOffer } from "./answer-offer.ts";
import { leaveWaitlist, offerTime, undoLeave } from "./change-entry.ts";
import { listWaitlist } from "./list-waitlist.ts";
import { waitingShop } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);

const address = () => `2001:db8:${newToken(2)}::1`;

describe("a time that became free", () => {
  test("is offered to one after the other, held and written to them, until somebody takes it", async () => {
    const shop = await waitingShop();
    await shop.step();
    expect(await shop.offers()).toEqual([]);
    await cancelAppointment(shop.nadia.ctx, { appointmentId: shop.appointmentId });
    await Promise.all([shop.step(), shop.step()]);
    const startsAt = new Date("2026-11-24T09:00:00Z");
    const until = new Date(shop.clock.now().getTime() + 30 * minute);
    expect(await shop.offers()).toEqual([{ who: "Ana", status: "open", starts_at: startsAt, expires_at: until }]);
    await expect(shop.book(startsAt)).rejects.toMatchObject({ reason: "slot_taken" });
    const ana = await shop.link(0);
    expect(await openOffer(address(), ana, shop.clock)).toMatchObject({ status: "open", service: "Pose", startsAt });

    shop.clock.advance(30 * minute);
    await shop.step();
    expect((await shop.offers()).map(({ who, status }) => `${who} ${status}`)).toEqual(["Ana lapsed", "Bob open"]);
    await expect(acceptOffer(address(), ana, shop.clock)).rejects.toMatchObject({ reason: "offer_over" });
    await declineOffer(address(), await shop.link(1), shop.clock);
    await shop.step();
    const cleo = await shop.link(2);
    const taken = await acceptOffer(address(), cleo, shop.clock);
    expect(taken).toMatchObject({ status: "accepted", manageLink: expect.stringContaining("/manage/") as string });
    expect(await acceptOffer(address(), cleo, shop.clock)).toEqual(taken);
    expect(await shop.rows("select 1 from appointments where status = 'confirmed'")).toHaveLength(1);
    await shop.step();
    expect(await shop.rows("select 1 from waitlist_openings")).toEqual([]);
    const { rows } = await listWaitlist(shop.nadia.ctx, {});
    expect(rows.map(({ customerName, offer }) => [customerName, offer?.status])).toEqual([
      ["Ana", "lapsed"],
      ["Bob", "declined"],
    ]);
    expect((await listWaitlist(shop.nadia.ctx, { status: "done" })).rows).toMatchObject([
      { customerName: "Cléo", status: "booked", offer: { status: "accepted" } },
    ]);
  });

  test("is taken once, however many presses there are at the moment at which it lapses", async () => {
    const shop = await waitingShop();
    await cancelAppointment(shop.nadia.ctx, { appointmentId: shop.appointmentId });
    await shop.step();
    const ana = await shop.link(0);
    shop.clock.advance(30 * minute - 1);
    const answers = await Promise.allSettled([
      ...Array.from({ length: 6 }, () => acceptOffer(address(), ana, shop.clock)),
      leaveWaitlist(shop.nadia.ctx, { entryId: shop.entries[0]! }),
      shop.step(),
    ]);
    expect(answers.some(({ status }) => status === "fulfilled")).toBe(true);
    // Whoever is next may have been offered it already.
    expect(
      (await shop.rows("select 1 from appointments where status in ('held', 'confirmed')")).length,
    ).toBeLessThanOrEqual(1);
    const confirmed = await shop.rows("select 1 from appointments where status = 'confirmed'");
    expect(confirmed.length).toBeLessThanOrEqual(1);
    const [entry] = await shop.rows<{ status: string }>(
      "select status from waitlist_entries where id = $1",
      shop.entries[0],
    );
    expect(entry?.status).toBe(confirmed.length === 1 ? "booked" : "left");
  });

  test("comes from a move and from time off that is taken back, and goes to who would come then", async () => {
    const shop = await waitingShop();
    await shop.wait(shop.people[0]!.customerId, { from: "2026-11-24T12:00:00Z", until: "2026-11-24T18:00:00Z" });
    await rescheduleAppointment(shop.nadia.ctx, {
      appointmentId: shop.appointmentId,
      startsAt: new Date("2026-11-24T10:00:00Z"),
    });
    await shop.step();
    expect((await shop.offers()).map(({ who }) => who)).toEqual(["Bob"]);
    const { timeOffId } = await addTimeOff(shop.admin.ctx, {
      userId: shop.nadia.userId,
      startsAt: new Date("2026-11-24T12:00:00Z"),
      endsAt: new Date("2026-11-24T15:00:00Z"),
      reason: "",
    });
    await removeTimeOff(shop.admin.ctx, { timeOffId });
    await shop.step();
    expect(await shop.offers()).toMatchObject([
      { who: "Bob" },
      { who: "Ana", starts_at: new Date("2026-11-24T12:00:00Z") },
    ]);
  });

  test("waits for the hours in which the business is open", async () => {
    const shop = await waitingShop();
    shop.until("2026-11-23T20:00:00Z");
    await cancelAppointment(shop.nadia.ctx, { appointmentId: shop.appointmentId });
    await shop.step();
    expect(await shop.offers()).toEqual([]);
    shop.until("2026-11-24T07:00:00Z");
    await shop.step();
    expect(await shop.offers()).toMatchObject([{ who: "Ana", expires_at: new Date("2026-11-24T07:30:00Z") }]);
  });

  test("passes over who cannot be written to, and says why", async () => {
    const shop = await waitingShop();
    await shop.rows(
      "insert into customer_communication_preferences (tenant_id, customer_id, sms_enabled) values ($1, $2, false)",
      shop.tenant.tenantId,
      shop.people[0]!.customerId,
    );
    await cancelAppointment(shop.nadia.ctx, { appointmentId: shop.appointmentId });
    await shop.step();
    const { rows } = await listWaitlist(shop.nadia.ctx, {});
    expect(rows.map(({ offer }) => [offer?.status, offer?.reason])).toEqual([
      ["not_sent", "opted_out"],
      ["open", null],
      [undefined, undefined],
    ]);
  });
});

test("who is erased waits for nothing, and is owed nothing", async () => {
  const shop = await waitingShop();
  const { appointmentId } = await shop.book("2026-11-26T09:00:00Z", shop.people[0]!.customerId);
  await cancelAppointment(shop.nadia.ctx, { appointmentId: shop.appointmentId });
  await shop.step();
  expect(await shop.offers()).toMatchObject([{ who: "Ana", status: "open" }]);
  await eraseCustomer(shop.admin.ctx, { customerId: shop.people[0]!.customerId });
  expect(await shop.rows("select 1 from waitlist_entries")).toHaveLength(2);
  expect(await shop.rows("select 1 from waitlist_offers")).toEqual([]);
  expect(await shop.rows("select 1 from appointments where status = 'held'")).toEqual([]);
  const told = await shop.told(appointmentId);
  expect(told.map(({ reason }) => reason)).toEqual(["erased", "erased", "erased"]);
  shop.clock.advance(hour);
  await shop.step();
  expect(await shop.offers()).toMatchObject([{ who: "Bob", status: "open" }]);
});

describe("by hand", () => {
  test("a member offers a time of their choice, once, and takes people off the list", async () => {
    const shop = await waitingShop();
    const entryId = shop.entries[2]!;
    const startsAt = new Date("2026-11-24T18:30:00Z");
    await offerTime(shop.nadia.ctx, { entryId, userId: shop.nadia.userId, startsAt });
    expect(await shop.offers()).toMatchObject([{ who: "Cléo", status: "open" }]);
    const audited = await shop.rows("select actor_id from audit_log where action = $1", "waitlist.offer");
    expect(audited).toMatchObject([{ actor_id: shop.nadia.userId }]);
    const again = offerTime(shop.nadia.ctx, {
      entryId,
      userId: shop.nadia.userId,
      startsAt: new Date("2026-11-24T19:00:00Z"),
    });
    await expect(again).rejects.toMatchObject({ reason: "offered_already" });
    await leaveWaitlist(shop.nadia.ctx, { entryId });
    expect(await shop.offers()).toMatchObject([{ who: "Cléo", status: "withdrawn" }]);
    expect(await shop.rows("select 1 from appointments where status = 'held'")).toHaveLength(0);
    await expect(leaveWaitlist(shop.nadia.ctx, { entryId })).rejects.toMatchObject({ reason: "not_on_waitlist" });
    shop.clock.advance(hour);
    await shop.step();
    expect(await shop.rows("select 1 from waitlist_openings")).toEqual([]);
  });

  test("who waits for a service keeps their place, and waits for five at most", async () => {
    const shop = await waitingShop();
    const { customerId } = shop.people[0]!;
    const { entryId } = await shop.wait(customerId, { from: "2026-11-26T00:00:00Z", until: "2026-11-27T00:00:00Z" });
    expect(entryId).toBe(shop.entries[0]);
    await expect(
      shop.wait(customerId, { from: "2026-11-01T00:00:00Z", until: "2026-11-02T00:00:00Z" }),
    ).rejects.toMatchObject({
      fields: { until: "in_the_past" },
    });
  });

  test("who was removed is put back into their place, unless they wait anew or their days have passed", async () => {
    const shop = await waitingShop();
    const [entryId] = shop.entries as [string];
    const names = async () => (await listWaitlist(shop.nadia.ctx, {})).rows.map(({ customerName }) => customerName);
    await expect(undoLeave(shop.nadia.ctx, { entryId })).rejects.toMatchObject({ reason: "wait_not_restorable" });
    await leaveWaitlist(shop.nadia.ctx, { entryId });
    expect(await names()).toEqual(["Bob", "Cléo"]);
    const both = await Promise.allSettled([
      undoLeave(shop.nadia.ctx, { entryId }),
      undoLeave(shop.nadia.ctx, { entryId }),
    ]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await names()).toEqual(["Ana", "Bob", "Cléo"]);
    const told = await shop.rows("select actor_id, entity_id from audit_log where action = 'waitlist.undo_leave'");
    expect(told).toMatchObject([{ actor_id: shop.nadia.userId, entity_id: entryId }]);

    await leaveWaitlist(shop.nadia.ctx, { entryId });
    const anew = await shop.wait(shop.people[0]!.customerId);
    await expect(undoLeave(shop.nadia.ctx, { entryId })).rejects.toMatchObject({ reason: "wait_not_restorable" });
    await leaveWaitlist(shop.nadia.ctx, anew);
    shop.until("2026-11-25T00:00:00Z");
    await expect(undoLeave(shop.nadia.ctx, { entryId })).rejects.toMatchObject({ reason: "wait_not_restorable" });
  });

  test("another business sees, offers and removes nobody", async () => {
    const shop = await waitingShop();
    const stranger = await createMember(await createTenant(), "owner", { clock: shop.clock });
    const entryId = shop.entries[0]!;
    expect((await listWaitlist(stranger.ctx, {})).rows).toEqual([]);
    await expect(leaveWaitlist(stranger.ctx, { entryId })).rejects.toMatchObject({ code: "not_found" });
    await leaveWaitlist(shop.nadia.ctx, { entryId });
    await expect(undoLeave(stranger.ctx, { entryId })).rejects.toMatchObject({ code: "not_found" });
    const startsAt = new Date("2026-11-24T18:30:00Z");
    const offered = offerTime(stranger.ctx, { entryId, userId: shop.nadia.userId, startsAt });
    await expect(offered).rejects.toMatchObject({ code: "not_found" });
  });
});
