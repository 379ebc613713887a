import { and, eq, gt } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { busyBlocks, busyCalendars } from "#db/schema/calendar-feeds.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { ownerId } from "./manage-feed.ts";
import { readBusyCalendar } from "./read-calendar.ts";
import type { BusyCalendar, ConnectCalendarInput } from "./schemas.ts";
import { connectCalendarInput } from "./schemas.ts";
import { sealFor } from "./secrets.ts";

/**
 * Takes the member's calendar elsewhere into account from now on, in the place of any before, and reads it at once: whether that
 * worked is then known.
 */
export async function connectCalendar(ctx: Ctx, input: ConnectCalendarInput): Promise<void> {
  const { address } = connectCalendarInput.parse(input);
  const userId = ownerId(ctx);
  const { tenantId } = ctx;
  const { host } = new URL(address);
  const id = newId();
  const now = ctx.clock.now();
  await withTenant(ctx, async (tx) => {
    await tx.delete(busyCalendars).where(ownCalendar(ctx));
    const addressSealed = sealFor("busy_calendar", { tenantId, id }, address);
    await tx.insert(busyCalendars).values({ tenantId, id, userId, addressSealed, host, dueAt: now, createdAt: now });
    await note({ ...ctx, tx }, "connect", { host });
  });
  await readBusyCalendar(ctx, id);
}

/** The member's time goes by what is here alone. */
export async function disconnectCalendar(ctx: Ctx): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [gone] = await tx.delete(busyCalendars).where(ownCalendar(ctx)).returning({ host: busyCalendars.host });
    if (!gone) return;
    await note({ ...ctx, tx }, "disconnect", gone);
    tx.afterCommit(() => publish(ctx.tenantId, "appointments", "*"));
  });
}

/** How the member's calendar elsewhere is doing. */
export async function findBusyCalendar(ctx: Ctx): Promise<BusyCalendar | null> {
  const mine = ownCalendar(ctx);
  return withTenant(ctx, async (tx) => {
    const { host, readAt, failure, failedSince } = busyCalendars;
    const ahead = tx.$count(
      busyBlocks,
      and(
        eq(busyBlocks.tenantId, ctx.tenantId),
        eq(busyBlocks.userId, ownerId(ctx)),
        gt(busyBlocks.endsAt, ctx.clock.now()),
      ),
    );
    const [found] = await tx.select({ host, readAt, failure, failedSince, ahead }).from(busyCalendars).where(mine);
    return found ?? null;
  });
}

const ownCalendar = (ctx: Ctx) => and(eq(busyCalendars.tenantId, ctx.tenantId), eq(busyCalendars.userId, ownerId(ctx)));

const note = (ctx: Ctx, what: string, data: Record<string, unknown>) =>
  recordAudit(ctx, { action: `busy_calendar.${what}`, entityType: "member", entityId: ownerId(ctx), data });
