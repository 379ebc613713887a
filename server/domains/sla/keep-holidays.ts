import { count, eq } from "drizzle-orm";
import { holidays } from "#db/schema/sla.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";
import { frenchPublicHolidays } from "./french-public-holidays.ts";
import type { AddHolidayInput, AddPublicHolidaysInput, RemoveHolidayInput, SaveBusinessDaysInput } from "./schemas.ts";
import { slaChanged } from "./sla-changed.ts";

/** Enough for years; each is looked through when business time is reckoned. */
const mostHolidays = 400;

/** When the business is open; null: every hour counts. */
export async function saveBusinessDays(ctx: Ctx, { days }: SaveBusinessDaysInput): Promise<void> {
  const open = Object.values(days ?? {}).some((spans) => spans && spans.length > 0);
  if (days && !open) throw invalid({ day1: "never_open" });
  await withTenant(ctx, async (tx) => {
    const businessHours = days ? Object.fromEntries(Object.entries(days).filter(([, spans]) => spans?.length)) : null;
    await tx.update(tenants).set({ businessHours, updatedAt: ctx.clock.now() }).where(eq(tenants.id, ctx.tenantId));
    const entry = {
      action: "tenant.save_hours",
      entityType: "tenant",
      entityId: ctx.tenantId,
      data: { businessHours },
    };
    await slaChanged({ ...ctx, tx }, entry);
  });
}

/** A day on which the business is closed. Naming it again renames it. */
export async function addHoliday(ctx: Ctx, { day, name }: AddHolidayInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await requireRoom(tx, 1);
    await tx
      .insert(holidays)
      .values({ tenantId: ctx.tenantId, day, name, createdAt: ctx.clock.now() })
      .onConflictDoUpdate({ target: [holidays.tenantId, holidays.day], set: { name } });
    await slaChanged({ ...ctx, tx }, { action: "holiday.add", entityType: "holiday", entityId: day, data: { name } });
  });
}

export async function removeHoliday(ctx: Ctx, { day }: RemoveHolidayInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [gone] = await tx.delete(holidays).where(eq(holidays.day, day)).returning({ name: holidays.name });
    if (!gone) throw notFound();
    await slaChanged({ ...ctx, tx }, { action: "holiday.remove", entityType: "holiday", entityId: day, data: gone });
  });
}

/** Adds the French public holidays of a year, in the business's language; days that are there keep their name. Answers how many are new. */
export async function addPublicHolidays(ctx: Ctx, { year }: AddPublicHolidaysInput): Promise<{ added: number }> {
  return withTenant(ctx, async (tx) => {
    const [tenant] = await tx.select({ locale: tenants.locale }).from(tenants).where(eq(tenants.id, ctx.tenantId));
    const days = frenchPublicHolidays(year, tenant?.locale ?? "fr");
    await requireRoom(tx, days.length);
    const createdAt = ctx.clock.now();
    const added = await tx
      .insert(holidays)
      .values(days.map((one) => ({ ...one, tenantId: ctx.tenantId, createdAt })))
      .onConflictDoNothing()
      .returning({ day: holidays.day });
    if (added.length === 0) return { added: 0 };
    const entry = { action: "holiday.add_public", entityType: "holiday", entityId: String(year) };
    await slaChanged({ ...ctx, tx }, { ...entry, data: { added: added.length } });
    return { added: added.length };
  });
}

async function requireRoom(tx: TenantTx, more: number): Promise<void> {
  const [row] = await tx.select({ kept: count() }).from(holidays).where(eq(holidays.tenantId, tx.tenantId));
  if ((row?.kept ?? 0) + more > mostHolidays) throw new DomainError("conflict", "too_many_holidays");
}
