import { and, eq, isNull } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { notifications } from "#db/schema/notifications.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import type { SeeInput } from "./schemas.ts";

/** The acting member saw one notification, or all of theirs. What was seen is mailed no more. */
export async function seeNotifications(ctx: Ctx, { notificationId }: SeeInput): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    const { id, seenAt } = notifications;
    const own = and(eq(notifications.tenantId, ctx.tenantId), eq(notifications.userId, userId), isNull(seenAt));
    await tx
      .update(notifications)
      .set({ seenAt: ctx.clock.now() })
      .where(notificationId ? and(own, eq(id, notificationId)) : own);
    tx.afterCommit(() => publish(ctx.tenantId, "notifications", [userId]));
  });
}

/** The acting member looks at a conversation or a ticket: what they were told of it is seen. */
export async function seeSubject(ctx: Ctx, subjectId: string): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) return;
  await withTenant(ctx, async (tx) => {
    const seen = await tx
      .update(notifications)
      .set({ seenAt: ctx.clock.now() })
      .where(
        and(
          eq(notifications.tenantId, ctx.tenantId),
          eq(notifications.userId, userId),
          isNull(notifications.seenAt),
          eq(notifications.subjectId, subjectId),
        ),
      )
      .returning({ id: notifications.id });
    if (seen.length > 0) tx.afterCommit(() => publish(ctx.tenantId, "notifications", [userId]));
  });
}
