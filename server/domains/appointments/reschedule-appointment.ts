import { and, eq } from "drizzle-orm";
import { appointments } from "#db/schema/appointments.ts";
import { callLogs } from "#db/schema/calls.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import type { BookedService, WantedSlot } from "#server/domains/scheduling/index.ts";
import { findService, offeringMembers, requireOffered } from "#server/domains/scheduling/index.ts";
import { noteOpening } from "#server/domains/waitlist/index.ts";
import type { Appointment } from "./lock-appointment.ts";
import { lockAppointment, requireStatus } from "./lock-appointment.ts";
import { recordEvent } from "./record-event.ts";
import { refuseFarTimes } from "./refuse-far-times.ts";
import type { AppointmentSource, RescheduleInput } from "./schemas.ts";
import { rescheduleInput } from "./schemas.ts";
import type { Block } from "./seats.ts";
import { blockOf, freeSeat, lockDays } from "./seats.ts";
import { NotFree, orNextSlots } from "./slot-taken.ts";

/**
 * Gives a confirmed appointment another time or member: its row is closed as `rescheduled`, its time is free, and a new
 * confirmed one takes its place. Where only its end changes, it stays the same. A time that is taken is refused with the
 * next free ones. Who moves it by themselves (`web`) gets only what is offered.
 */
export async function rescheduleAppointment(
  ctx: Ctx,
  input: RescheduleInput,
  { source = "manual" }: { source?: AppointmentSource } = {},
): Promise<{ appointmentId: string }> {
  const wanted = rescheduleInput.parse(input);
  const { serviceId, userId } = await placeOf(ctx, wanted.appointmentId);
  const asked = { serviceId, userId: wanted.userId ?? userId, startsAt: wanted.startsAt };
  return orNextSlots(ctx, asked, () =>
    withTenant(ctx, async (tx) => {
      const inner = { ...ctx, tx };
      const service = await findService(tx, asked);
      await requireOfferedTime(inner, { ...asked, except: wanted.appointmentId }, source);
      let to: Block | undefined;
      const appointment = await lockAppointment(tx, wanted.appointmentId, async (found) => {
        to = blockOf(service, { ...asked, endsAt: wanted.endsAt ?? sameLength(found, wanted.startsAt) });
        await lockDays(tx, [found, to], { now: ctx.clock.now() });
      });
      requireStatus(appointment, "confirmed");
      if (!to || isSame(appointment, to)) return { appointmentId: appointment.id };
      if (to.userId !== appointment.userId) requireOffered(service);
      const { capacity } = service;
      const seat = await freeSeat(tx, to, { serviceId, capacity, except: appointment.id });
      if (to.userId === appointment.userId && Number(to.startsAt) === Number(appointment.startsAt))
        return resize(inner, tx, { appointment, service, to });
      refuseFarTimes(ctx, to.startsAt);
      return moveTo(inner, tx, { appointment, service, to, seat, source, reason: wanted.reason });
    }),
  );
}

async function requireOfferedTime(
  ctx: Ctx,
  wanted: WantedSlot & { except: string },
  source: AppointmentSource,
): Promise<void> {
  if (source !== "manual" && (await offeringMembers(ctx, wanted)).length === 0) throw new NotFree();
}

/** Where it is before anything is locked: what is asked about where another time is refused. */
async function placeOf(ctx: Ctx, appointmentId: string): Promise<{ serviceId: string; userId: string }> {
  const { serviceId, userId } = appointments;
  const [found] = await withTenant(ctx, (tx) =>
    tx
      .select({ serviceId, userId })
      .from(appointments)
      .where(and(eq(appointments.tenantId, ctx.tenantId), eq(appointments.id, appointmentId))),
  );
  if (!found) throw notFound();
  return found;
}

const sameLength = ({ startsAt, endsAt }: Appointment, start: Date) =>
  new Date(start.getTime() + endsAt.getTime() - startsAt.getTime());

const isSame = (appointment: Appointment, { userId, startsAt, endsAt }: Block) =>
  appointment.userId === userId &&
  Number(appointment.startsAt) === Number(startsAt) &&
  Number(appointment.endsAt) === Number(endsAt);

interface Move {
  appointment: Appointment;
  service: BookedService;
  to: Block;
}

async function resize(ctx: Ctx, tx: TenantTx, { appointment, service, to }: Move): Promise<{ appointmentId: string }> {
  const { id } = appointment;
  await tx
    .update(appointments)
    .set({ ...to, updatedAt: ctx.clock.now() })
    .where(and(eq(appointments.tenantId, ctx.tenantId), eq(appointments.id, id)));
  const data = { from: placedAt(appointment), to: placedAt(to) };
  await recordEvent(ctx, { ...appointment, serviceName: service.name }, { type: "resized", data });
  if (to.endsAt < appointment.endsAt)
    await noteOpening(ctx, { ...to, startsAt: to.endsAt, endsAt: appointment.endsAt });
  return { appointmentId: id };
}

async function moveTo(
  ctx: Ctx,
  tx: TenantTx,
  {
    appointment,
    service,
    to,
    seat,
    source,
    reason,
  }: Move & { seat: number; source: AppointmentSource; reason: string },
): Promise<{ appointmentId: string }> {
  const now = ctx.clock.now();
  const newer = {
    ...appointment,
    ...to,
    seat,
    id: newId(),
    statusAt: now,
    rescheduledFromId: appointment.id,
    // Nobody was told of this time yet, nor said that they come.
    customerConfirmedAt: null,
    moveAskedAt: null,
    confirmationSentAt: null,
    reminder24hSentAt: null,
    reminder1hSentAt: null,
    createdBy: memberId(ctx),
    createdAt: now,
    updatedAt: now,
  };
  await tx
    .update(appointments)
    .set({ status: "rescheduled", statusAt: now, updatedAt: now })
    .where(and(eq(appointments.tenantId, ctx.tenantId), eq(appointments.id, appointment.id)));
  await tx.insert(appointments).values(newer);
  if (appointment.callId) {
    await tx
      .update(callLogs)
      .set({ appointmentId: newer.id })
      .where(and(eq(callLogs.tenantId, ctx.tenantId), eq(callLogs.appointmentId, appointment.id)));
  }
  const data = { from: placedAt(appointment), to: placedAt(to), source };
  await recordEvent(ctx, { ...appointment, serviceName: service.name }, { type: "moved_away", reason, data });
  await recordEvent(ctx, { ...newer, serviceName: service.name }, { type: "moved_here", reason, data });
  await noteOpening(ctx, appointment);
  return { appointmentId: newer.id };
}

const placedAt = ({ userId, startsAt, endsAt }: Pick<Block, "userId" | "startsAt" | "endsAt">) => ({
  userId,
  startsAt: startsAt.toISOString(),
  endsAt: endsAt.toISOString(),
});
