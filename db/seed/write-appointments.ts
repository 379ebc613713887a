import { Temporal } from "temporal-polyfill";
import { newId } from "#server/core/ids.ts";
import { appointmentMessages } from "../schema/appointment-messages.ts";
import { appointmentEvents, appointments } from "../schema/appointments.ts";
import { bookingPages } from "../schema/booking.ts";
import { customerActivities } from "../schema/customers.ts";
import { memberHours, serviceMembers, services, timeOff } from "../schema/scheduling.ts";
import { waitlistEntries } from "../schema/waitlist.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoAppointments, DemoBusiness } from "./shape.ts";
import type { SeededBusiness } from "./write-business.ts";
import type { SeededCustomer } from "./write-customers.ts";

const minute = 60_000;
const day = 86_400_000;

/** The services, who offers them and when, and appointments of this week and the next: those that are over took place or were missed. */
export async function writeAppointments(
  tx: TenantTx,
  business: DemoBusiness,
  { memberIds }: SeededBusiness,
  customers: ReadonlyMap<string, SeededCustomer>,
  now: Date,
): Promise<void> {
  const demo = business.appointments;
  if (!demo) return;
  const { tenantId } = tx;
  await tx.insert(bookingPages).values({ ...demo.page, tenantId, enabled: true });
  const serviceIds = await writeServices(tx, business, demo, memberIds);
  await tx
    .insert(memberHours)
    .values(Object.entries(demo.hours).map(([key, days]) => ({ tenantId, userId: memberIds.get(key)!, days })));
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(business.timezone)
    .toPlainDate();
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  const at = (days: number, time: string) =>
    new Date(
      monday.add({ days }).toZonedDateTime({ timeZone: business.timezone, plainTime: Temporal.PlainTime.from(time) })
        .epochMilliseconds,
    );
  await tx.insert(timeOff).values(
    demo.timeOff.map(({ member, day: first, days, reason }) => ({
      tenantId,
      id: newId(),
      userId: memberIds.get(member)!,
      startsAt: at(first, "00:00"),
      endsAt: at(first + days, "00:00"),
      reason,
    })),
  );
  const made = demo.booked.map((one) => {
    const service = demo.services.find(({ key }) => key === one.service)!;
    const startsAt = at(one.day, one.at);
    const endsAt = new Date(startsAt.getTime() + service.minutes * minute);
    const over = endsAt <= now;
    const createdAt = new Date(Math.min(startsAt.getTime(), now.getTime()) - 6 * day);
    const row = {
      tenantId,
      id: newId(createdAt.getTime()),
      serviceId: serviceIds.get(one.service)!,
      userId: memberIds.get(one.member)!,
      seat: 1,
      customerId: customers.get(one.customer)!.id,
      status: over ? (one.missed ? ("no_show" as const) : ("completed" as const)) : ("confirmed" as const),
      statusAt: over ? endsAt : createdAt,
      startsAt,
      endsAt,
      blockedFrom: startsAt,
      blockedUntil: new Date(endsAt.getTime() + service.bufferAfter * minute),
      location: service.location,
      notes: one.notes ?? "",
      customerConfirmedAt: one.sure && !over ? new Date(createdAt.getTime() + 20 * minute) : null,
      createdBy: memberIds.get(one.member)!,
      createdAt,
      updatedAt: over ? endsAt : createdAt,
    };
    return { row, service };
  });
  await tx.insert(appointments).values(made.map(({ row }) => row));
  await tx.insert(appointmentEvents).values(
    made.flatMap(({ row: { id: appointmentId, userId: actorId, status, statusAt, createdAt } }) => {
      const event = (type: string, at: Date) => ({
        tenantId,
        id: newId(at.getTime()),
        appointmentId,
        type,
        actorType: "member",
        actorId,
        createdAt: at,
      });
      return [event("booked", createdAt), ...(status === "confirmed" ? [] : [event(status, statusAt)])];
    }),
  );
  await writeReminders(
    tx,
    made.map(({ row }) => row),
    now,
  );
  await tx.insert(waitlistEntries).values(
    demo.waiting.map(({ customer, service, member, from, until }, order) => ({
      tenantId,
      id: newId(),
      customerId: customers.get(customer)!.id,
      serviceId: serviceIds.get(service)!,
      userId: member && memberIds.get(member)!,
      fromAt: at(from, "00:00"),
      untilAt: at(until, "00:00"),
      source: "web" as const,
      createdAt: new Date(now.getTime() - (2 - order) * day),
    })),
  );
  await tx.insert(customerActivities).values(
    made.map(({ row, service }) => ({
      tenantId,
      id: newId(row.createdAt.getTime()),
      customerId: row.customerId,
      type: "appointment" as const,
      description: service.name,
      metadata: { appointmentId: row.id, event: "booked", startsAt: row.startsAt.toISOString() },
      createdBy: row.userId,
      occurredAt: row.createdAt,
      createdAt: row.createdAt,
    })),
  );
}

/** What the customers of those to come are still to be told; what would be due while one looks around is left out. */
async function writeReminders(
  tx: TenantTx,
  rows: readonly (typeof appointments.$inferInsert)[],
  now: Date,
): Promise<void> {
  const soon = now.getTime() + 2 * 60 * minute;
  const reminders = rows
    .filter(({ status }) => status === "confirmed")
    .flatMap(({ id: appointmentId, startsAt }) =>
      (["reminder_24h", "reminder_1h"] as const).map((kind) => {
        const dueAt = new Date(startsAt.getTime() - (kind === "reminder_24h" ? day : 60 * minute));
        return { tenantId: tx.tenantId, id: newId(), appointmentId, kind, dueAt };
      }),
    );
  await tx.insert(appointmentMessages).values(reminders.filter(({ dueAt }) => dueAt.getTime() > soon));
}

async function writeServices(
  tx: TenantTx,
  { currency }: DemoBusiness,
  demo: DemoAppointments,
  memberIds: ReadonlyMap<string, string>,
): Promise<Map<string, string>> {
  const { tenantId } = tx;
  const ids = new Map(demo.services.map(({ key }) => [key, newId()]));
  await tx.insert(services).values(
    demo.services.map(({ key, name, description, minutes, bufferAfter, priceCents, location }) => ({
      tenantId,
      id: ids.get(key)!,
      name,
      description,
      durationMinutes: minutes,
      bufferAfterMinutes: bufferAfter,
      priceCents,
      currency,
      location,
      minimumNoticeMinutes: 120,
    })),
  );
  await tx
    .insert(serviceMembers)
    .values(
      demo.services.flatMap(({ key, members }) =>
        members.map((member) => ({ tenantId, serviceId: ids.get(key)!, userId: memberIds.get(member)! })),
      ),
    );
  return ids;
}
