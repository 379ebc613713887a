import { describe, expect, test } from "vitest";
import { createCustomer, readCustomer } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { testConfig } from "#db/factories.ts";
import { useConfig } from "#server/core/config.ts";
import { completeAppointment } from "#server/domains/appointments/change-status.ts";
import { bookAppointment, rescheduleAppointment } from "#server/domains/appointments/index.ts";
import { eraseCustomer } from "#server/domains/erasure/erase-customer.ts";
import { archiveService } from "#server/domains/scheduling/save-service.ts";
import { saveBookingPage } from "./booking-page.ts";
import { cancelManaged, findManagedTimes, moveManaged } from "./change-managed.ts";
import { appointmentOf, manageLink, manageToken } from "./manage-link.ts";
import { getManagedCalendar } from "./managed-calendar.ts";
import { openManaged } from "./managed-appointment.ts";
import { openOnlineShop } from "./testing.ts";

await testDatabase();

const nowhere = { code: "not_found", reason: "link_expired" };
const tooLate = { code: "conflict", reason: "too_late_to_change" };

/** A shop where Sophie has an appointment with Nadia, and the link of it. */
async function booked(time = "10:00") {
  const shop = await openOnlineShop();
  const { tenant, nadia, serviceId, slug, visitor, at } = shop;
  const sophie = await createCustomer(tenant, { displayName: "Sophie" });
  const slot = { serviceId, userId: nadia.userId, startsAt: at(time) };
  const { appointmentId } = await bookAppointment(nadia.ctx, {
    ...slot,
    customerId: sophie.customerId,
    internalNotes: "Fidèle",
  });
  const token = manageToken({ tenantId: tenant.tenantId, appointmentId });
  const link = { slug, token };
  const open = () => openManaged(visitor(), link);
  return { ...shop, sophie, appointmentId, token, link, open };
}

describe("a link", () => {
  test("is made from the id alone, by whoever has the key, and of one business", async () => {
    const { tenant, appointmentId, token, slug } = await booked();
    const { tenantId } = tenant;
    expect(manageLink({ tenantId, slug, appointmentId })).toMatch(new RegExp(`/book/${slug}/manage/${token}$`));
    expect(appointmentOf(tenantId, token)).toBe(appointmentId);
    const other = await openOnlineShop();
    const changed = [...token].map((one, at) => token.slice(0, at) + (one === "A" ? "Q" : "A") + token.slice(at + 1));
    const altered = changed.filter((one) => appointmentOf(tenantId, one) !== null);
    // The last bits of an id's 22 characters say nothing.
    expect(altered.every((one) => appointmentOf(tenantId, one) === appointmentId)).toBe(true);
    expect(altered.length).toBeLessThanOrEqual(1);
    for (const wrong of ["", token.slice(1), `${token}A`, "é".repeat(54)])
      expect(appointmentOf(tenantId, wrong)).toBeNull();
    expect(appointmentOf(other.tenant.tenantId, token)).toBeNull();
    const ring = testConfig().keyRing;
    const rotated = new Map([["new", Buffer.alloc(32, 7)], ...ring.keys]);
    useConfig(testConfig({ keyRing: { current: "new", keys: rotated } }));
    expect(appointmentOf(tenantId, token)).toBe(appointmentId);
    useConfig(testConfig());
  });

  test("shows the appointment and nothing of who has it; wrong ones are counted, and lead nowhere", async () => {
    const { open, visitor, link, slug } = await booked();
    const shown = await open();
    expect(shown).toMatchObject({
      status: "confirmed",
      service: "Pose",
      member: "Nadia",
      moved: false,
      bookable: true,
    });
    expect(JSON.stringify(shown)).not.toMatch(/Sophie|Fidèle/);
    const other = await booked();
    const who = visitor("203.0.113.77");
    const wrong = { slug, token: other.token };
    for (let time = 0; time < 20; time++) await expect(openManaged(who, wrong)).rejects.toMatchObject(nowhere);
    await expect(openManaged(who, wrong)).rejects.toMatchObject({ code: "rate_limited" });
    await expect(moveManaged(visitor(), { ...wrong, startsAt: new Date() })).rejects.toMatchObject(nowhere);
    await expect(cancelManaged(visitor(), wrong)).rejects.toMatchObject(nowhere);
    expect(await openManaged(who, link)).toMatchObject({ service: "Pose" });
  });

  test("gives the appointment as a file for a calendar, with the link of its newest time", async () => {
    const { tenant, visitor, link, at, slug, appointmentId } = await booked();
    const { token } = await moveManaged(visitor(), { ...link, startsAt: at("09:00") });
    const { text, fileName } = await getManagedCalendar(visitor(), { ...link, language: "fr" });
    expect(fileName).toBe("rendez-vous-2026-11-23.ics");
    const unfolded = text.replaceAll("\r\n ", "");
    expect(unfolded).toContain(`UID:${appointmentId}@`);
    expect(unfolded).toContain(`/book/${slug}/manage/${token}`);
    expect(unfolded).toContain(tenant.name);
    expect(unfolded).not.toMatch(/Sophie|Fidèle/);
    const other = await booked();
    const wrong = { slug, token: other.token, language: "fr" } as const;
    await expect(getManagedCalendar(visitor(), wrong)).rejects.toMatchObject(nowhere);
  });

  test("works while the page is off, and no longer once its customer is erased", async () => {
    const { owner, page, open, sophie } = await booked();
    await saveBookingPage(owner.ctx, { ...page, enabled: false });
    expect(await open()).toMatchObject({ bookable: false, movable: true });
    await eraseCustomer(owner.ctx, { customerId: sophie.customerId });
    await expect(open()).rejects.toMatchObject(nowhere);
  });
});

describe("moving", () => {
  test("gives the old time back, keeps the member where they are free, and every link leads to the newest time", async () => {
    const { paul, nadia, visitor, link, open, at, slug, rows, sophie } = await booked();
    const { slots } = await findManagedTimes(visitor(), { ...link, from: "2026-11-23" });
    // Its own time counts as free.
    expect(slots.find(({ startsAt }) => Number(startsAt) === Number(at("10:00")))!.userIds.toSorted()).toEqual(
      [nadia.userId, paul.userId].toSorted(),
    );
    const first = await moveManaged(visitor(), { ...link, startsAt: at("09:30") });
    const second = await moveManaged(visitor(), { slug, ...first, startsAt: at("10:30") });
    expect(await open()).toMatchObject({ startsAt: at("10:30"), member: "Nadia", moved: true });
    expect(await openManaged(visitor(), { slug, ...second })).toMatchObject({ startsAt: at("10:30"), moved: false });
    expect(await rows("select status, source from appointments order by id")).toEqual([
      { status: "rescheduled", source: "manual" },
      { status: "rescheduled", source: "manual" },
      { status: "confirmed", source: "manual" },
    ]);
    const told =
      "select type, actor_type, data ->> 'source' as source from appointment_events where type = 'moved_here'";
    expect(await rows(told)).toEqual([1, 2].map(() => ({ type: "moved_here", actor_type: "system", source: "web" })));
    expect((await readCustomer(sophie)).totalAppointments).toBe(1);
  });

  test("goes to a colleague where the member is taken, and names the next times where nobody is free", async () => {
    const { nadia, paul, serviceId, sophie, visitor, link, open, at } = await booked();
    const take = (time: string, userId: string) =>
      bookAppointment(nadia.ctx, { serviceId, userId, startsAt: at(time), customerId: sophie.customerId });
    await take("09:00", nadia.userId);
    await moveManaged(visitor(), { ...link, startsAt: at("09:00") });
    expect(await open()).toMatchObject({ member: "Paul", startsAt: at("09:00") });
    await take("10:00", nadia.userId);
    await take("10:00", paul.userId);
    for (const time of ["10:00", "10:10", "19:00", "07:30"])
      await expect(moveManaged(visitor(), { ...link, startsAt: at(time) })).rejects.toMatchObject({
        reason: "slot_taken",
      });
  });

  test("by a member and by the link at once leaves one", async () => {
    const { nadia, visitor, link, at, appointmentId, rows } = await booked();
    const outcomes = await Promise.allSettled([
      moveManaged(visitor(), { ...link, startsAt: at("09:00") }),
      rescheduleAppointment(nadia.ctx, { appointmentId, startsAt: at("09:30") }),
      moveManaged(visitor(), { ...link, startsAt: at("10:30") }),
    ]);
    expect(outcomes.filter(({ status }) => status === "fulfilled").length).toBeGreaterThanOrEqual(1);
    expect(await rows("select 1 from appointments where status = 'confirmed'")).toHaveLength(1);
  });
});

describe("changing one's mind", () => {
  test("is possible until the business's notice, then no more", async () => {
    const { clock, visitor, link, open, at } = await booked();
    expect((await open()).changeableUntil).toEqual(at("09:00"));
    clock.advance(at("09:00").getTime() - clock.now().getTime());
    expect(await open()).toMatchObject({ changeableUntil: null, movable: false, status: "confirmed" });
    await expect(findManagedTimes(visitor(), link)).rejects.toMatchObject(tooLate);
    await expect(moveManaged(visitor(), { ...link, startsAt: at("10:30") })).rejects.toMatchObject(tooLate);
    await expect(cancelManaged(visitor(), link)).rejects.toMatchObject(tooLate);
  });

  test("cancels with what is said of it, once", async () => {
    const { visitor, link, open, rows } = await booked();
    await cancelManaged(visitor(), { ...link, reason: "Souffrante" });
    expect(await open()).toMatchObject({ status: "cancelled", changeableUntil: null });
    const told =
      "select reason, actor_type, data ->> 'source' as source from appointment_events where type = 'cancelled'";
    expect(await rows(told)).toEqual([{ reason: "Souffrante", actor_type: "system", source: "web" }]);
    await expect(cancelManaged(visitor(), link)).rejects.toMatchObject(tooLate);
  });

  test("is not for what took place; what is no longer offered may be cancelled, not moved", async () => {
    const { owner, nadia, appointmentId, serviceId, open } = await booked();
    await archiveService(owner.ctx, { serviceId, archived: true });
    expect(await open()).toMatchObject({ movable: false, bookable: false });
    expect((await open()).changeableUntil).not.toBeNull();
    await completeAppointment(nadia.ctx, { appointmentId });
    expect(await open()).toMatchObject({ status: "completed", changeableUntil: null });
  });
});
