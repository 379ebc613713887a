import { and, count, eq } from "drizzle-orm";
import { memberDays, memberHours } from "#db/schema/scheduling.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { findMember } from "#server/domains/members/index.ts";
import { requireSayOver } from "./require-say-over.ts";
import { schedulingChanged } from "./scheduling-changed.ts";
import type { RemoveDayInput, SaveDayInput, SaveHoursInput } from "./schemas.ts";
import { saveDayInput, saveHoursInput } from "./schemas.ts";

/** Enough for years; each is looked through when slots are sought. */
const mostDays = 400;

/** A member's working week, in their own zone or the business's; none: they work as the business is open. */
export async function saveHours(ctx: Ctx, input: SaveHoursInput): Promise<void> {
  const { userId, timezone, days } = saveHoursInput.parse(input);
  requireSayOver(ctx, userId);
  await withTenant(ctx, async (tx) => {
    await findMember(tx, userId);
    if (days) {
      const kept = { days: worked(days), timezone, updatedAt: ctx.clock.now() };
      await tx
        .insert(memberHours)
        .values({ tenantId: ctx.tenantId, userId, ...kept })
        .onConflictDoUpdate({ target: [memberHours.tenantId, memberHours.userId], set: kept });
    } else {
      await tx.delete(memberHours).where(and(eq(memberHours.tenantId, ctx.tenantId), eq(memberHours.userId, userId)));
    }
    await schedulingChanged({ ...ctx, tx }, { ...entryOf(userId, "save_hours"), data: { timezone, days } });
  });
}

/** A date on which they work other hours than their week says, or none. */
export async function saveDay(ctx: Ctx, input: SaveDayInput): Promise<void> {
  const { userId, day, ...kept } = saveDayInput.parse(input);
  requireSayOver(ctx, userId);
  await withTenant(ctx, async (tx) => {
    await findMember(tx, userId);
    const [row] = await tx
      .select({ kept: count() })
      .from(memberDays)
      .where(and(eq(memberDays.tenantId, ctx.tenantId), eq(memberDays.userId, userId)));
    if ((row?.kept ?? 0) >= mostDays) throw new DomainError("conflict", "too_many_days");
    await tx
      .insert(memberDays)
      .values({ tenantId: ctx.tenantId, userId, day, createdAt: ctx.clock.now(), ...kept })
      .onConflictDoUpdate({ target: [memberDays.tenantId, memberDays.userId, memberDays.day], set: kept });
    await schedulingChanged({ ...ctx, tx }, { ...entryOf(userId, "save_day"), data: { day, ...kept } });
  });
}

/** That date is as every week again. */
export async function removeDay(ctx: Ctx, { userId, day }: RemoveDayInput): Promise<void> {
  requireSayOver(ctx, userId);
  await withTenant(ctx, async (tx) => {
    const gone = await tx
      .delete(memberDays)
      .where(and(eq(memberDays.tenantId, ctx.tenantId), eq(memberDays.userId, userId), eq(memberDays.day, day)))
      .returning({ day: memberDays.day });
    if (gone.length === 0) throw notFound();
    await schedulingChanged({ ...ctx, tx }, { ...entryOf(userId, "remove_day"), data: { day } });
  });
}

const entryOf = (userId: string, verb: string) => ({
  action: `member.${verb}`,
  entityType: "member",
  entityId: userId,
});

/** Weekdays without a span need not be kept. */
const worked = <Days extends Record<string, unknown[] | undefined>>(days: Days) =>
  Object.fromEntries(Object.entries(days).filter(([, spans]) => spans?.length)) as Days;
