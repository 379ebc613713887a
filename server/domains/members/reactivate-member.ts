import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember, ownersOnly } from "./find-member.ts";

/** Lets a deactivated member in again, with the role they had. */
export async function reactivateMember(ctx: Ctx, input: { userId: string }): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const member = await findMember(tx, input.userId);
    ownersOnly(ctx, member.role);
    if (member.status === "active") return;
    await tx
      .update(memberships)
      .set({ status: "active", deactivatedAt: null, updatedAt: ctx.clock.now() })
      .where(and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.userId, input.userId)));
    await recordAudit({ ...ctx, tx }, { action: "member.reactivate", entityType: "member", entityId: input.userId });
    tx.afterCommit(() => publish(ctx.tenantId, "members", [input.userId]));
  });
}
