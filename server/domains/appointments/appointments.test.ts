import { describe, expect, test } from "vitest";
import { createService } from "#db/factories-appointments.ts";
import type { MadeCustomer } from "#db/factories.ts";
import { createCustomer, readCustomer } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { bookAppointment } from "./book-appointment.ts";
import { cancelAppointment, completeAppointment, markNoShow, reopenAppointment } from "./change-status.ts";
import { getAppointment } from "./get-appointment.ts";
import { exportAppointments, listAppointments } from "./list-appointments.ts";
import { readCalendar } from "./read-calendar.ts";
import { rescheduleAppointment } from "./reschedule-appointment.ts";
import { openShop, slotTaken } from "./testing.ts";
import { updateAppointment } from "./update-appointment.ts";

await testDatabase();

describe("another time", () => {
  test("closes the old row, frees its time and links the new one, whose history tells both", async () => {
    const { nadia, paul, sophie, slot, book, freeTimes } = await openShop();
    const { appointmentId: oldId } = await book("08:00");
    // To a time that it takes part of itself.
    const { appointmentId: newerId } = await rescheduleAppointment(nadia.ctx, {
      appointmentId: oldId,
      startsAt: slot("08:15").startsAt,
      reason: "En retard",
    });
    const { appointmentId: newestId } = await rescheduleAppointment(nadia.ctx, {
      appointmentId: newerId,
      startsAt: slot("10:00").startsAt,
      userId: paul.userId,
    });
    expect((await freeTimes())[0]).toBe("08:00");
    const [old, newest] = [
      await getAppointment(nadia.ctx, { appointmentId: oldId }),
      await getAppointment(nadia.ctx, { appointmentId: newestId }),
    ];
    expect(old).toMatchObject({ status: "rescheduled", rescheduledToId: newerId });
    expect(newest).toMatchObject({ status: "confirmed", userName: "Paul", rescheduledFromId: newerId });
    const types = ["booked", "moved_away", "moved_here", "moved_away", "moved_here"];
    expect(newest.history.map(({ type }) => type)).toEqual(types);
    expect(newest.history[1]).toMatchObject({ reason: "En retard", by: "Nadia" });
    expect((await readCustomer(sophie)).totalAppointments).toBe(1);
    await expect(
      rescheduleAppointment(nadia.ctx, { appointmentId: oldId, startsAt: slot("11:00").startsAt }),
    ).rejects.toMatchObject({ reason: "wrong_status" });
  });

  test("another end alone keeps the appointment, unless somebody comes after it", async () => {
    const { nadia, slot, book } = await openShop();
    const { appointmentId } = await book("08:00");
    await book("09:00");
    const until = (time: string) =>
      rescheduleAppointment(nadia.ctx, {
        appointmentId,
        startsAt: slot("08:00").startsAt,
        endsAt: slot(time).startsAt,
      });
    expect(await until("09:00")).toEqual({ appointmentId });
    await expect(until("09:30")).rejects.toMatchObject(slotTaken);
    expect(await getAppointment(nadia.ctx, { appointmentId })).toMatchObject({
      durationMinutes: 60,
      history: [{ type: "booked" }, { type: "resized" }],
    });
  });
});

describe("what becomes of an appointment", () => {
  test("is said with who, when and why, and can be taken back while its time is free", async () => {
    const { clock, nadia, slot, book, freeTimes } = await openShop();
    const { appointmentId } = await book("08:00");
    const stands = async () => (await getAppointment(nadia.ctx, { appointmentId })).status;
    await markNoShow(nadia.ctx, { appointmentId });
    await completeAppointment(nadia.ctx, { appointmentId });
    expect(await stands()).toBe("completed");
    await expect(cancelAppointment(nadia.ctx, { appointmentId })).rejects.toMatchObject({ reason: "wrong_status" });
    await reopenAppointment(nadia.ctx, { appointmentId });
    clock.advance(60_000);
    await cancelAppointment(nadia.ctx, { appointmentId, reason: "Grippe" });
    expect((await freeTimes())[0]).toBe("08:00");
    const { history, statusAt } = await getAppointment(nadia.ctx, { appointmentId });
    expect(statusAt).toEqual(clock.now());
    expect(history.at(-1)).toMatchObject({ type: "cancelled", reason: "Grippe", by: "Nadia", at: clock.now() });
    const other = await book("08:00");
    await expect(reopenAppointment(nadia.ctx, { appointmentId })).rejects.toMatchObject(slotTaken);
    await rescheduleAppointment(nadia.ctx, { ...other, startsAt: slot("11:00").startsAt });
    await reopenAppointment(nadia.ctx, { appointmentId });
    expect(await stands()).toBe("confirmed");
  });

  test("notes change without its time, and are told as names of fields alone", async () => {
    const { tenant, nadia, book } = await openShop();
    const { appointmentId } = await book("08:00");
    await updateAppointment(nadia.ctx, { appointmentId, internalNotes: "Digicode 12A" });
    await updateAppointment(nadia.ctx, { appointmentId, internalNotes: "Digicode 12A" });
    const { internalNotes, history } = await getAppointment(nadia.ctx, { appointmentId });
    expect([internalNotes, history.length]).toEqual(["Digicode 12A", 2]);
    expect(history.at(-1)).toMatchObject({ type: "changed", data: { fields: ["internalNotes"] } });
    const audited = await withTenant(
      tenant,
      (tx) => tx.raw`select 1 from audit_log where data::text like '%Digicode%'`,
    );
    expect(audited).toHaveLength(0);
  });
});

test("a group shares its hour until it is full, and its seats are given again", async () => {
  const { tenant, nadia, service, slot } = await openShop({ capacity: 2 });
  const customers: MadeCustomer[] = [];
  for (let index = 0; index < 4; index++) customers.push(await createCustomer(tenant));
  const join = (index: number, time = "08:00") =>
    bookAppointment(nadia.ctx, { ...slot(time), customerId: customers[index]!.customerId });
  const first = await join(0);
  await join(1);
  await expect(join(2)).rejects.toMatchObject(slotTaken);
  await cancelAppointment(nadia.ctx, first);
  await join(2);
  await expect(join(3)).rejects.toMatchObject(slotTaken);
  // Nobody joins at another time, nor for something else, while a seat is free.
  await join(3, "09:00");
  await expect(join(0, "09:15")).rejects.toMatchObject(slotTaken);
  const other = await createService(tenant, [nadia.userId]);
  const elsewhere = { ...slot("09:00"), serviceId: other.serviceId, customerId: customers[0]!.customerId };
  await expect(bookAppointment(nadia.ctx, elsewhere)).rejects.toMatchObject(slotTaken);
  expect(service.name).toBe("Pose");
});

test("the calendar shows what takes time, who works and who is off; the list everything, page by page", async () => {
  const { nadia, paul, book, slot } = await openShop();
  const kept = await book("08:00");
  const gone = await book("09:00");
  await cancelAppointment(nadia.ctx, gone);
  const moved = await book("10:00", paul.userId);
  await rescheduleAppointment(nadia.ctx, { ...moved, startsAt: slot("10:30").startsAt });
  const week = { from: new Date("2026-11-22T23:00:00Z"), until: new Date("2026-11-29T23:00:00Z") };
  const calendar = await readCalendar(nadia.ctx, week);
  expect(
    calendar.appointments.map(({ startsAt, userName }) => [startsAt.toISOString().slice(11, 16), userName]),
  ).toEqual([
    ["08:00", "Nadia"],
    ["10:30", "Paul"],
  ]);
  expect(calendar.open).toHaveLength(2);
  expect(calendar.members.map(({ name }) => name)).toEqual(["Nadia", "Paul"]);
  const own = await readCalendar(nadia.ctx, { ...week, userId: nadia.userId });
  expect(own.appointments.map(({ id }) => id)).toEqual([kept.appointmentId]);

  const all = await listAppointments(nadia.ctx, { direction: "desc" });
  expect(all.rows.map(({ status }) => status)).toEqual(["confirmed", "rescheduled", "cancelled", "confirmed"]);
  expect((await exportAppointments(nadia.ctx, { direction: "desc" })).rows).toEqual(all.rows);
  const narrowed = { status: ["confirmed" as const], userId: paul.userId, from: week.from, until: week.until };
  expect((await listAppointments(nadia.ctx, narrowed)).total).toBe(1);
});
