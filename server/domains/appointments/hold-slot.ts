import { and, eq, inArray, lte } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { appointments } from "#db/schema/appointments.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { findService, isOffered, requireOffered } from "#server/domains/scheduling/index.ts";
import type { AppointmentSource, Hold, HoldInput, HoldRef } from "./schemas.ts";
import { holdInput } from "./schemas.ts";
import { blockOf, freeSeat, lockDays } from "./seats.ts";
import { NotFree, orNextSlots } from "./slot-taken.ts";
import { refuseFarTimes } from "./refuse-far-times.ts";

/** For how long a time is kept for somebody who decides. */
const holdMs = 5 * 60_000;
/** Holds that nobody came for are cleared away by the next ones, so many at a time. */
const mostCleared = 100;

/**
 * Keeps a time while somebody decides; nobody else gets it for five minutes. Members may hold whatever is free; others
 * only what is offered. Refused like a booking.
 */
export async function holdSlot(
  ctx: Ctx,
  input: HoldInput,
  {
    source = "manual",
    heldBy = null,
    until,
  }: { source?: AppointmentSource; heldBy?: string | null; /** Without: five minutes from now. */ until?: Date } = {},
): Promise<Hold> {
  const wanted = holdInput.parse(input);
  refuseFarTimes(ctx, wanted.startsAt);
  return orNextSlots(ctx, wanted, () =>
    withTenant(ctx, async (tx) => {
      const now = ctx.clock.now();
      const service = await findService(tx, wanted);
      requireOffered(service);
      if (source !== "manual" && !(await isOffered({ ...ctx, tx }, wanted))) throw new NotFree();
      const block = blockOf(service, wanted);
      await clearAway(tx, now);
      await lockDays(tx, [block], { now });
      const seat = await freeSeat(tx, block, { ...wanted, ...service });
      const holdId = newId();
      const heldUntil = until ?? new Date(now.getTime() + holdMs);
      const held = { status: "held", statusAt: now, heldUntil, heldBy, source, location: service.location } as const;
      const { tenantId } = ctx;
      await tx.insert(appointments).values({
        ...block,
        ...held,
        tenantId,
        id: holdId,
        serviceId: wanted.serviceId,
        seat,
        createdBy: memberId(ctx),
        createdAt: now,
        updatedAt: now,
      });
      tx.afterCommit(() => publish(tenantId, "appointments", [holdId]));
      return { holdId, heldUntil };
    }),
  );
}

/** Gives a held time back. */
export async function releaseHold(ctx: Ctx, { holdId }: HoldRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const gone = await tx
      .delete(appointments)
      .where(and(eq(appointments.tenantId, ctx.tenantId), eq(appointments.id, holdId), eq(appointments.status, "held")))
      .returning({ id: appointments.id });
    if (gone.length === 0) throw notFound();
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", [holdId]));
  });
}

/** Whoever works on one of them now is left to it. */
async function clearAway(tx: TenantTx, now: Date): Promise<void> {
  const over = tx
    .select({ id: appointments.id })
    .from(appointments)
    .where(
      and(
        eq(appointments.tenantId, tx.tenantId),
        eq(appointments.status, "held"),
        // Kept a little longer for whoever is late: while nobody else comes, they still get it.
        lte(appointments.heldUntil, new Date(now.getTime() - 12 * holdMs)),
      ),
    )
    .orderBy(appointments.heldUntil)
    .limit(mostCleared)
    .for("update", { skipLocked: true });
  await tx
    .delete(appointments)
    .where(
      and(eq(appointments.tenantId, tx.tenantId), eq(appointments.status, "held"), inArray(appointments.id, over)),
    );
}
