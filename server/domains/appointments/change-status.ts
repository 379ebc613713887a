import { and, eq } from "drizzle-orm";
import { appointments } from "#db/schema/appointments.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findService } from "#server/domains/scheduling/index.ts";
import { noteOpening } from "#server/domains/waitlist/index.ts";
import type { Appointment } from "./lock-appointment.ts";
import { lockAppointment, requireStatus } from "./lock-appointment.ts";
import type { Happening } from "./record-event.ts";
import { recordEvent } from "./record-event.ts";
import type { AppointmentInput, AppointmentSource, AppointmentStatus, CancelInput } from "./schemas.ts";
import { cancelInput } from "./schemas.ts";
import { freeSeat, lockDays } from "./seats.ts";
import { orNextSlots } from "./slot-taken.ts";

/** It will not take place; its time is free. `web`: its customer said so by themselves. */
export async function cancelAppointment(
  ctx: Ctx,
  input: CancelInput,
  { source = "manual" }: { source?: AppointmentSource } = {},
): Promise<void> {
  const { appointmentId, reason } = cancelInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId);
    requireStatus(appointment, "confirmed");
    const happened: Happening = { type: "cancelled", reason, data: { source } };
    await setStatus({ ...ctx, tx }, tx, { appointment, status: "cancelled", happened });
    await noteOpening({ ...ctx, tx }, appointment);
  });
}

/** It took place; said of one that was taken for missed, too. */
export async function completeAppointment(ctx: Ctx, { appointmentId }: AppointmentInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId);
    requireStatus(appointment, "confirmed", "no_show");
    await setStatus({ ...ctx, tx }, tx, { appointment, status: "completed", happened: { type: "completed" } });
  });
}

/** The customer did not come; said of one that was taken for done, too. */
export async function markNoShow(ctx: Ctx, { appointmentId }: AppointmentInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const appointment = await lockAppointment(tx, appointmentId);
    requireStatus(appointment, "confirmed", "completed");
    await setStatus({ ...ctx, tx }, tx, { appointment, status: "no_show", happened: { type: "no_show" } });
  });
}

/** Confirmed again, whatever was said of it, where its time is still free; else refused with the next free ones. */
export async function reopenAppointment(ctx: Ctx, { appointmentId }: AppointmentInput): Promise<void> {
  const wanted = await withTenant(ctx, (tx) => lockAppointment(tx, appointmentId));
  await orNextSlots(ctx, wanted, () =>
    withTenant(ctx, async (tx) => {
      const appointment = await lockAppointment(tx, appointmentId, (found) =>
        lockDays(tx, [found], { now: ctx.clock.now() }),
      );
      requireStatus(appointment, "cancelled", "completed", "no_show");
      const { capacity } = await findService(tx, appointment);
      const { serviceId } = appointment;
      const seat = await freeSeat(tx, appointment, { serviceId, capacity, except: appointmentId });
      const happened: Happening = { type: "reopened", data: { from: appointment.status } };
      await setStatus({ ...ctx, tx }, tx, { appointment, status: "confirmed", seat, happened });
    }),
  );
}

async function setStatus(
  ctx: Ctx,
  tx: TenantTx,
  {
    appointment,
    status,
    seat = appointment.seat,
    happened,
  }: { appointment: Appointment; status: AppointmentStatus; seat?: number; happened: Happening },
): Promise<void> {
  const at = ctx.clock.now();
  await tx
    .update(appointments)
    .set({ status, statusAt: at, seat, updatedAt: at })
    .where(and(eq(appointments.tenantId, ctx.tenantId), eq(appointments.id, appointment.id)));
  const { name } = await findService(tx, appointment);
  await recordEvent(ctx, { ...appointment, serviceName: name }, happened);
}
