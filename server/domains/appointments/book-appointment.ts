import { and, eq } from "drizzle-orm";
import { appointments } from "#db/schema/appointments.ts";
import { callLogs } from "#db/schema/calls.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { findOrCreateCustomer, lockCustomer } from "#server/domains/customers/index.ts";
import type { BookedService } from "#server/domains/scheduling/index.ts";
import { findService, isOffered, requireOffered } from "#server/domains/scheduling/index.ts";
import { recordEvent } from "./record-event.ts";
import { refuseFarTimes } from "./refuse-far-times.ts";
import type { AppointmentSource, BookInput } from "./schemas.ts";
import { bookInput } from "./schemas.ts";
import { blockOf, freeSeat, lockDays } from "./seats.ts";
import { NotFree, orNextSlots } from "./slot-taken.ts";

type Wanted = ReturnType<typeof bookInput.parse>;

/**
 * Makes an appointment, confirmed at once, with a customer who is known or becomes one. A member books whatever time is
 * free; who books by themselves (`web`, `voice_agent`) only what is offered, or was held for them. A time that is taken is
 * refused with the next free ones ({@link orNextSlots}), however many ask for it at the same moment.
 */
export async function bookAppointment(
  ctx: Ctx,
  input: BookInput,
  { source = "manual" }: { source?: AppointmentSource } = {},
): Promise<{ appointmentId: string }> {
  const wanted = bookInput.parse(input);
  refuseFarTimes(ctx, wanted.startsAt);
  return orNextSlots(ctx, wanted, () =>
    withTenant(ctx, async (tx) => {
      const inner = { ...ctx, tx };
      const service = await findService(tx, wanted);
      requireOffered(service);
      await requireLinks(tx, wanted);
      if (source !== "manual" && !wanted.holdId && !(await isOffered(inner, wanted))) throw new NotFree();
      const { customerId } = wanted.customerId
        ? { customerId: wanted.customerId }
        : await findOrCreateCustomer(inner, wanted.customer!);
      await lockCustomer(tx, customerId);
      const appointmentId = wanted.holdId
        ? await takeHold(inner, tx, { ...wanted, holdId: wanted.holdId }, { service, customerId })
        : await takeSeat(inner, tx, wanted, { service, customerId, source });
      if (wanted.callId) {
        await tx
          .update(callLogs)
          .set({ appointmentId })
          .where(and(eq(callLogs.tenantId, ctx.tenantId), eq(callLogs.id, wanted.callId)));
      }
      const { startsAt, conversationId = null, ticketId = null } = wanted;
      const touched = { id: appointmentId, customerId, serviceName: service.name, startsAt, conversationId, ticketId };
      const data = { source, serviceId: wanted.serviceId, userId: wanted.userId, startsAt: startsAt.toISOString() };
      await recordEvent(inner, touched, { type: "booked", data });
      return { appointmentId };
    }),
  );
}

interface Booked {
  service: BookedService;
  customerId: string;
}

async function takeSeat(
  ctx: Ctx,
  tx: TenantTx,
  wanted: Wanted,
  { service, customerId, source }: Booked & { source: AppointmentSource },
): Promise<string> {
  const now = ctx.clock.now();
  const block = blockOf(service, wanted);
  await lockDays(tx, [block], { now });
  const seat = await freeSeat(tx, block, { serviceId: wanted.serviceId, capacity: service.capacity });
  const id = newId();
  await tx.insert(appointments).values({
    ...block,
    ...wordsOf(wanted),
    tenantId: ctx.tenantId,
    id,
    serviceId: wanted.serviceId,
    seat,
    customerId,
    status: "confirmed",
    statusAt: now,
    location: service.location,
    source,
    createdBy: memberId(ctx),
    createdAt: now,
    updatedAt: now,
  });
  return id;
}

/** One that is over still holds its time, until somebody else comes for it. */
async function takeHold(
  ctx: Ctx,
  tx: TenantTx,
  wanted: Wanted & { holdId: string },
  { service, customerId }: Booked,
): Promise<string> {
  const now = ctx.clock.now();
  await lockDays(tx, [blockOf(service, wanted)], { now, except: wanted.holdId });
  const held = and(
    eq(appointments.tenantId, ctx.tenantId),
    eq(appointments.id, wanted.holdId),
    eq(appointments.status, "held"),
  );
  const [hold] = await tx.select().from(appointments).where(held).for("update");
  if (!hold) throw new NotFree("invalid");
  const { serviceId, userId, startsAt } = hold;
  if (serviceId !== wanted.serviceId || userId !== wanted.userId || Number(startsAt) !== Number(wanted.startsAt))
    throw invalid({ holdId: "invalid" });
  await tx
    .update(appointments)
    .set({
      ...wordsOf(wanted),
      customerId,
      status: "confirmed",
      statusAt: now,
      heldUntil: null,
      heldBy: null,
      updatedAt: now,
    })
    .where(held);
  return hold.id;
}

const wordsOf = ({ notes, internalNotes, conversationId, ticketId, callId }: Wanted) => ({
  notes,
  internalNotes,
  conversationId: conversationId ?? null,
  ticketId: ticketId ?? null,
  callId: callId ?? null,
});

/** Where it was agreed is of this tenant, or `not_found`. */
async function requireLinks(tx: TenantTx, { conversationId, ticketId, callId }: Wanted): Promise<void> {
  if (!conversationId && !ticketId && !callId) return;
  const [found] = await tx.raw.unsafe<{ all: boolean }[]>(
    `select ($2::uuid is null or exists (select from conversations where tenant_id = $1 and id = $2::uuid))
        and ($3::uuid is null or exists (select from tickets where tenant_id = $1 and id = $3::uuid))
        and ($4::uuid is null or exists (select from call_logs where tenant_id = $1 and id = $4::uuid)) as all`,
    [tx.tenantId, conversationId ?? null, ticketId ?? null, callId ?? null] as never[],
    { prepare: true },
  );
  if (!found?.all) throw notFound();
}
