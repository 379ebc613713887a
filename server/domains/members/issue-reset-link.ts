import { withTenant } from "#db/tenant.ts";
import { issuePasswordReset, membershipsOf } from "#server/auth/index.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { findMember } from "./find-member.ts";

/**
 * A link, shown once, with which a member sets a new password within 24 hours. Refused for someone who
 * belongs to a tenant that the owner does not own (`works_elsewhere`): the link would open that one too.
 */
export async function issueResetLink(ctx: Ctx, input: { userId: string }): Promise<{ token: string; expiresAt: Date }> {
  await withTenant(ctx, async (tx) => {
    await findMember(tx, input.userId);
    await ownsEveryTenantOf(ctx, input.userId);
    await recordAudit(
      { ...ctx, tx },
      { action: "member.issue_reset_link", entityType: "member", entityId: input.userId },
    );
  });
  return issuePasswordReset(input.userId, ctx.clock);
}

async function ownsEveryTenantOf(ctx: Ctx, userId: string): Promise<void> {
  const owner = memberId(ctx);
  const theirs = await membershipsOf(userId);
  const mine = owner ? await membershipsOf(owner) : [];
  const owned = new Set(
    mine.filter(({ role, status }) => role === "owner" && status === "active").map(({ tenantId }) => tenantId),
  );
  owned.add(ctx.tenantId);
  if (theirs.some(({ tenantId }) => !owned.has(tenantId))) throw new DomainError("conflict", "works_elsewhere");
}
