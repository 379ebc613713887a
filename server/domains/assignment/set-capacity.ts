import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember } from "#server/domains/members/index.ts";
import { giveWaiting } from "./give-waiting.ts";
import type { SetCapacityInput } from "./schemas.ts";
import { setCapacityInput } from "./schemas.ts";

/** How much open work rules may give a member; what they have already stays theirs. */
export async function setCapacity(ctx: Ctx, input: SetCapacityInput): Promise<void> {
  const { userId, capacity } = setCapacityInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const { capacity: before } = await findMember(tx, userId);
    if (before === capacity) return;
    await tx
      .update(memberships)
      .set({ capacity, updatedAt: ctx.clock.now() })
      .where(and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.userId, userId)));
    await recordAudit(inner, {
      action: "member.capacity",
      entityType: "member",
      entityId: userId,
      data: { from: before, to: capacity },
    });
    tx.afterCommit(() => publish(ctx.tenantId, "members", [userId]));
    await giveWaiting(inner);
  });
}
