import { and, eq } from "drizzle-orm";
import { calendarFeeds } from "#db/schema/calendar-feeds.ts";
import { withTenant } from "#db/tenant.ts";
import { publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { forbidden, notFound } from "#server/core/errors.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { OwnCalendars, PublishFeedInput } from "./schemas.ts";
import { publishFeedInput } from "./schemas.ts";
import { openFor, sealFor } from "./secrets.ts";

/** A member's calendars are their own: nobody else may see or change their links. */
export function ownerId(ctx: Ctx): string {
  const userId = memberId(ctx);
  if (userId === null) throw forbidden();
  return userId;
}

/** Gives the member a secret link to their appointments, or says what the one they have shows. */
export async function publishFeed(ctx: Ctx, input: PublishFeedInput): Promise<void> {
  const { namesCustomers } = publishFeedInput.parse(input);
  const userId = ownerId(ctx);
  await withTenant(ctx, async (tx) => {
    const id = newId();
    const values = { tenantId: ctx.tenantId, id, userId, namesCustomers, createdAt: ctx.clock.now() };
    await tx
      .insert(calendarFeeds)
      .values({ ...values, ...newLink(ctx, id) })
      .onConflictDoUpdate({ target: [calendarFeeds.tenantId, calendarFeeds.userId], set: { namesCustomers } });
    await note({ ...ctx, tx }, "publish", { namesCustomers });
  });
}

/** Another link in the place of the member's: the old one leads nowhere from now on. */
export async function renewFeed(ctx: Ctx): Promise<void> {
  const mine = ownFeed(ctx);
  await withTenant(ctx, async (tx) => {
    const [feed] = await tx.select({ id: calendarFeeds.id }).from(calendarFeeds).where(mine).for("update");
    if (!feed) throw notFound();
    await tx
      .update(calendarFeeds)
      .set({ ...newLink(ctx, feed.id), createdAt: ctx.clock.now() })
      .where(mine);
    await note({ ...ctx, tx }, "renew");
  });
}

/** The link leads nowhere from now on, and there is none. */
export async function revokeFeed(ctx: Ctx): Promise<void> {
  const mine = ownFeed(ctx);
  await withTenant(ctx, async (tx) => {
    const gone = await tx.delete(calendarFeeds).where(mine).returning({ id: calendarFeeds.id });
    if (gone.length > 0) await note({ ...ctx, tx }, "revoke");
  });
}

/** The member's own link, as it is given to calendar programs. */
export async function findFeed(ctx: Ctx): Promise<OwnCalendars["feed"]> {
  const mine = ownFeed(ctx);
  const [feed] = await withTenant(ctx, (tx) => tx.select().from(calendarFeeds).where(mine));
  if (!feed) return null;
  const { namesCustomers, createdAt, tokenSealed } = feed;
  const token = openFor("calendar_feed", feed, tokenSealed);
  return { address: `${publicOrigin()}/calendar/${token}.ics`, namesCustomers, createdAt };
}

const ownFeed = (ctx: Ctx) => and(eq(calendarFeeds.tenantId, ctx.tenantId), eq(calendarFeeds.userId, ownerId(ctx)));

function newLink({ tenantId }: Ctx, id: string): { tokenHash: string; tokenSealed: string } {
  const token = newToken();
  return { tokenHash: digest(token), tokenSealed: sealFor("calendar_feed", { tenantId, id }, token) };
}

const note = (ctx: Ctx, what: string, data: Record<string, unknown> = {}) =>
  recordAudit(ctx, { action: `calendar_feed.${what}`, entityType: "member", entityId: ownerId(ctx), data });
