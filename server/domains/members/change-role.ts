import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember, keepAnOwner, ownersOnly } from "./find-member.ts";
import type { ChangeRoleInput } from "./schemas.ts";

/** Gives a member another role; it holds from their next request on. */
export async function changeRole(ctx: Ctx, input: ChangeRoleInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    if (input.role !== "owner") await keepAnOwner(tx, input.userId);
    const member = await findMember(tx, input.userId);
    ownersOnly(ctx, member.role, input.role);
    if (member.role === input.role) return;
    await tx
      .update(memberships)
      .set({ role: input.role, updatedAt: ctx.clock.now() })
      .where(and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.userId, input.userId)));
    await recordAudit(
      { ...ctx, tx },
      {
        action: "member.change_role",
        entityType: "member",
        entityId: input.userId,
        data: { from: member.role, to: input.role },
      },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "members", [input.userId]));
  });
}
