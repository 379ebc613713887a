import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { SetAwayInput } from "./schemas.ts";

/** The acting member is not to be given anything for now, or is again. */
export async function setAway(ctx: Ctx, { away }: SetAwayInput): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    const changed = await tx
      .update(memberships)
      .set({ away, updatedAt: ctx.clock.now() })
      .where(and(eq(memberships.userId, userId), eq(memberships.away, !away)))
      .returning({ userId: memberships.userId });
    if (changed.length === 0) return;
    await recordAudit(
      { ...ctx, tx },
      { action: away ? "member.away" : "member.back", entityType: "member", entityId: userId },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "members", [userId]));
  });
}
