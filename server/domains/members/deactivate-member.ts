import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { endSessionsOf, membershipsOf } from "#server/auth/index.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember, keepAnOwner, ownersOnly } from "./find-member.ts";

/**
 * Shuts a member out of the tenant, from their next request on; what they did stays theirs. Someone who
 * works nowhere else is signed out everywhere.
 */
export async function deactivateMember(ctx: Ctx, input: { userId: string }): Promise<void> {
  if (memberId(ctx) === input.userId) throw new DomainError("conflict", "not_yourself");
  const changed = await withTenant(ctx, async (tx) => {
    await keepAnOwner(tx, input.userId);
    const member = await findMember(tx, input.userId);
    ownersOnly(ctx, member.role);
    if (member.status === "deactivated") return false;
    await tx
      .update(memberships)
      .set({ status: "deactivated", deactivatedAt: ctx.clock.now(), updatedAt: ctx.clock.now() })
      .where(and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.userId, input.userId)));
    await recordAudit({ ...ctx, tx }, { action: "member.deactivate", entityType: "member", entityId: input.userId });
    tx.afterCommit(() => publish(ctx.tenantId, "members", [input.userId]));
    return true;
  });
  if (!changed) return;
  const elsewhere = (await membershipsOf(input.userId)).some(({ status }) => status === "active");
  if (!elsewhere) await endSessionsOf(input.userId);
}
