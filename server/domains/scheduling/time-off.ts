import { and, count, eq, gt, lt } from "drizzle-orm";
import { appointments } from "#db/schema/appointments.ts";
import { timeOff } from "#db/schema/scheduling.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { findMember } from "#server/domains/members/index.ts";
import { noteOpening } from "#server/domains/waitlist/index.ts";
import { requireSayOver } from "./require-say-over.ts";
import { schedulingChanged } from "./scheduling-changed.ts";
import type { AddTimeOffInput, RemoveTimeOffInput } from "./schemas.ts";
import { addTimeOffInput } from "./schemas.ts";

/** A member's at once, those that are over left aside. */
const most = 200;

/** Takes no appointments from the one instant until the other. What is booked there stays, and is counted for who asks. */
export async function addTimeOff(
  ctx: Ctx,
  input: AddTimeOffInput,
): Promise<{ timeOffId: string; appointments: number }> {
  const { userId, startsAt, endsAt, reason } = addTimeOffInput.parse(input);
  requireSayOver(ctx, userId);
  return withTenant(ctx, async (tx) => {
    await findMember(tx, userId);
    const timeOffId = newId();
    const at = ctx.clock.now();
    const [kept] = await tx
      .select({ rows: count() })
      .from(timeOff)
      .where(and(eq(timeOff.tenantId, ctx.tenantId), eq(timeOff.userId, userId), gt(timeOff.endsAt, at)));
    if ((kept?.rows ?? 0) >= most) throw new DomainError("conflict", "too_many_absences");
    const values = { startsAt, endsAt, reason, createdAt: at };
    await tx.insert(timeOff).values({ tenantId: ctx.tenantId, id: timeOffId, userId, ...values });
    const [inside] = await tx
      .select({ rows: count() })
      .from(appointments)
      .where(
        and(
          eq(appointments.tenantId, ctx.tenantId),
          eq(appointments.userId, userId),
          eq(appointments.status, "confirmed"),
          lt(appointments.startsAt, endsAt),
          gt(appointments.endsAt, startsAt),
        ),
      );
    const entry = { action: "member.add_time_off", entityType: "member", entityId: userId };
    await schedulingChanged({ ...ctx, tx }, { ...entry, data: { timeOffId, startsAt, endsAt } });
    return { timeOffId, appointments: inside?.rows ?? 0 };
  });
}

export async function removeTimeOff(ctx: Ctx, { timeOffId }: RemoveTimeOffInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const one = and(eq(timeOff.tenantId, ctx.tenantId), eq(timeOff.id, timeOffId));
    const [found] = await tx.select().from(timeOff).where(one).for("update");
    if (!found) throw notFound();
    const { userId, startsAt, endsAt } = found;
    requireSayOver(ctx, userId);
    await tx.delete(timeOff).where(one);
    const entry = { action: "member.remove_time_off", entityType: "member", entityId: userId };
    await schedulingChanged({ ...ctx, tx }, { ...entry, data: { timeOffId, startsAt, endsAt } });
    await noteOpening({ ...ctx, tx }, found);
  });
}
