import { describe, expect, test } from "vitest";
import {
  createConversation,
  createCustomer,
  createMember,
  createTicket,
  readCustomer,
  systemCtx,
} from "#db/factories.ts";
import { callLogs } from "#db/schema/calls.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { bookAppointment } from "./book-appointment.ts";
import { getAppointment } from "./get-appointment.ts";
import { holdSlot, releaseHold } from "./hold-slot.ts";
import { listAppointments } from "./list-appointments.ts";
import { rescheduleAppointment } from "./reschedule-appointment.ts";
import { openShop, slotTaken } from "./testing.ts";

await testDatabase();

describe("booking", () => {
  test("is confirmed at once, told in the customer's timeline and the audit, and takes its time with buffers", async () => {
    const { tenant, nadia, sophie, slot, freeTimes } = await openShop({ bufferAfterMinutes: 30, location: "Atelier" });
    expect(await freeTimes()).toEqual(["08:00", "08:30", "09:00", "09:30", "10:00", "10:30"]);
    const conversation = await createConversation(tenant, { customer: sophie });
    const ticket = await createTicket(tenant, { customerId: sophie.customerId });
    const { appointmentId } = await bookAppointment(nadia.ctx, {
      ...slot("09:00"),
      customerId: sophie.customerId,
      notes: "Deux lampes",
      conversationId: conversation.conversationId,
      ticketId: ticket.ticketId,
    });
    // Half an hour of work, half an hour after it; and what would need its own half hour before it.
    expect(await freeTimes()).toEqual(["08:00", "10:00", "10:30"]);
    const detail = await getAppointment(nadia.ctx, { appointmentId });
    expect(detail).toMatchObject({
      status: "confirmed",
      customerName: "Sophie",
      userName: "Nadia",
      serviceName: "Pose",
      location: "Atelier",
      notes: "Deux lampes",
      durationMinutes: 30,
      source: "manual",
      conversationId: conversation.conversationId,
      ticket: { number: ticket.number },
      timezone: "Europe/Paris",
      rescheduledFromId: null,
      rescheduledToId: null,
    });
    expect(detail.history).toMatchObject([{ type: "booked", by: "Nadia", actorType: "member" }]);
    expect((await readCustomer(sophie)).totalAppointments).toBe(1);
    const [told] = await withTenant(
      tenant,
      (
        tx,
      ) => tx.raw`select (select count(*) from audit_log where action = 'appointment.booked' and entity_id = ${appointmentId})::int as audited,
             (select metadata ->> 'event' from customer_activities where type = 'appointment' and customer_id = ${sophie.customerId}) as event`,
    );
    expect({ ...told }).toEqual({ audited: 1, event: "booked" });
  });

  test("finds who is known by any spelling of a phone, and makes a customer of who is not", async () => {
    const { tenant, nadia, slot } = await openShop();
    const known = await createCustomer(tenant, { phone: "+33639980201", displayName: "Karim" });
    const book = async (time: string, customer: { displayName: string; phone?: string; email?: string }) => {
      const { appointmentId } = await bookAppointment(nadia.ctx, { ...slot(time), customer });
      return getAppointment(nadia.ctx, { appointmentId });
    };
    expect(await book("08:00", { displayName: "K. Benali", phone: "06 39 98 02 01" })).toMatchObject({
      customerId: known.customerId,
      customerName: "Karim",
    });
    const unknown = await book("08:30", { displayName: "Inès Roche", email: "Ines@Roche.example" });
    expect(unknown).toMatchObject({ customerName: "Inès Roche", customerEmail: "ines@roche.example" });
    const wrong = book("09:00", { displayName: "X", phone: "12" });
    await expect(wrong).rejects.toMatchObject({ code: "invalid", fields: { phone: "invalid_phone" } });
    expect((await listAppointments(nadia.ctx, {})).total).toBe(2);
  });

  test("refuses a taken time with the next free ones, what is not offered, and far times", async () => {
    const { clock, nadia, paul, sophie, slot, book, service } = await openShop();
    await book("08:30");
    await expect(book("08:45")).rejects.toMatchObject({
      ...slotTaken,
      fields: {
        startsAt: "slot_taken",
        nextSlots: ["09:00", "09:30", "10:00", "10:30"]
          .map((time) => `2026-11-23T${time}:00.000Z/${nadia.userId}`)
          .concat(`2026-11-30T08:00:00.000Z/${nadia.userId}`)
          .join(" "),
      },
    });
    // Her colleague is free then.
    await book("08:45", paul.userId);
    const stranger = await createMember({ tenantId: service.tenantId }, "agent", { clock });
    await expect(book("10:00", stranger.userId)).rejects.toMatchObject({ fields: { userId: "not_offered" } });
    const at = (startsAt: string) =>
      bookAppointment(nadia.ctx, { ...slot("08:00"), startsAt: new Date(startsAt), customerId: sophie.customerId });
    await expect(at("2026-11-21T08:00:00Z")).rejects.toMatchObject({ fields: { startsAt: "in_the_past" } });
    await expect(at("2028-11-21T08:00:00Z")).rejects.toMatchObject({ fields: { startsAt: "too_far_ahead" } });
  });

  test("members may place an appointment out of hours; who books by themselves may not", async () => {
    const { clock, tenant, sophie, slot, book } = await openShop({ minimumNoticeMinutes: 120 });
    const wanted = (time: string) => ({ ...slot(time), customerId: sophie.customerId });
    const web = (time: string) => bookAppointment(systemCtx(tenant, clock), wanted(time), { source: "web" });
    await book("19:00");
    for (const time of ["18:00", "09:10", "08:00"]) await expect(web(time)).rejects.toMatchObject(slotTaken);
    await web("10:00");
    await expect(holdSlot(systemCtx(tenant, clock), slot("08:00"), { source: "web" })).rejects.toMatchObject(slotTaken);
  });

  test("from a call leaves its mark on the call, which follows when the time changes", async () => {
    const { clock, tenant, nadia, sophie, slot } = await openShop();
    const conversation = await createConversation(tenant, { customer: sophie });
    const callId = newId();
    const call = {
      provider: "vapi",
      externalId: "c",
      direction: "in",
      status: "completed",
      startedAt: clock.now(),
    } as const;
    await withTenant(tenant, (tx) =>
      tx.insert(callLogs).values({ tenantId: tenant.tenantId, id: callId, channelId: conversation.channelId, ...call }),
    );
    const wanted = { ...slot("08:00"), customerId: sophie.customerId, callId };
    const first = await bookAppointment(systemCtx(tenant, clock), wanted, { source: "voice_agent" });
    const marked = () =>
      withTenant(
        tenant,
        async (tx) =>
          (await tx.raw`select appointment_id from call_logs where id = ${callId}`)[0]?.["appointment_id"] as string,
      );
    expect(await marked()).toBe(first.appointmentId);
    const second = await rescheduleAppointment(nadia.ctx, { ...first, startsAt: slot("09:00").startsAt });
    expect(await marked()).toBe(second.appointmentId);
  });
});

describe("a hold", () => {
  test("keeps its time for five minutes, for whoever has it alone", async () => {
    const { clock, nadia, sophie, slot, book, freeTimes } = await openShop();
    const { holdId, heldUntil } = await holdSlot(nadia.ctx, slot("08:00"));
    expect(heldUntil.getTime() - clock.now().getTime()).toBe(5 * 60_000);
    expect((await freeTimes())[0]).toBe("08:30");
    await expect(book("08:00")).rejects.toMatchObject(slotTaken);
    expect((await listAppointments(nadia.ctx, {})).rows).toEqual([]);
    await expect(getAppointment(nadia.ctx, { appointmentId: holdId })).rejects.toMatchObject({ code: "not_found" });
    const booked = await bookAppointment(nadia.ctx, { ...slot("08:00"), customerId: sophie.customerId, holdId });
    expect(booked.appointmentId).toBe(holdId);
  });

  test("that is over is offered again, and still books while nobody came for it", async () => {
    const { clock, nadia, sophie, slot, book, freeTimes } = await openShop();
    const early = await holdSlot(nadia.ctx, slot("08:00"));
    const late = await holdSlot(nadia.ctx, slot("09:00"));
    clock.advance(5 * 60_000 + 1);
    expect(await freeTimes()).toContain("08:00");
    await book("08:00");
    const customer = { customerId: sophie.customerId };
    await expect(
      bookAppointment(nadia.ctx, { ...slot("08:00"), ...customer, holdId: early.holdId }),
    ).rejects.toMatchObject({ code: "invalid", reason: "slot_taken" });
    await bookAppointment(nadia.ctx, { ...slot("09:00"), ...customer, holdId: late.holdId });
  });

  test("given back is free at once; one that nobody came for is cleared away", async () => {
    const { clock, tenant, nadia, slot, freeTimes } = await openShop();
    const { holdId } = await holdSlot(nadia.ctx, slot("08:00"));
    await releaseHold(nadia.ctx, { holdId });
    expect((await freeTimes())[0]).toBe("08:00");
    await holdSlot(nadia.ctx, slot("08:30"));
    clock.advance(2 * 3_600_000);
    await holdSlot(nadia.ctx, slot("10:00"));
    const [kept] = await withTenant(tenant, (tx) => tx.raw`select count(*)::int as rows from appointments`);
    expect(kept?.["rows"]).toBe(1);
  });
});
