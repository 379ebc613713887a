import { and, eq, isNull } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { invitations, memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { ownersOnly } from "./find-member.ts";
import type { InviteMemberInput } from "./schemas.ts";

const sevenDaysMs = 7 * 24 * 60 * 60_000;

/**
 * Makes a link that lets one person join with one role within seven days. The token is returned once
 * and kept as its digest; an earlier open invitation of the same email stops working.
 */
export async function inviteMember(
  ctx: Ctx,
  input: InviteMemberInput,
): Promise<{ id: string; token: string; expiresAt: Date }> {
  ownersOnly(ctx, input.role);
  const token = newToken();
  const id = newId();
  const now = ctx.clock.now();
  const expiresAt = new Date(now.getTime() + sevenDaysMs);
  await withTenant(ctx, async (tx) => {
    const [member] = await tx
      .select({ status: memberships.status })
      .from(memberships)
      .where(and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.email, input.email)));
    if (member) {
      const reason = member.status === "active" ? "already_member" : "member_deactivated";
      throw new DomainError("conflict", reason, { fields: { email: reason } });
    }
    await tx
      .update(invitations)
      .set({ revokedAt: now })
      .where(
        and(
          eq(invitations.tenantId, ctx.tenantId),
          eq(invitations.email, input.email),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      );
    await tx.insert(invitations).values({
      tenantId: ctx.tenantId,
      id,
      email: input.email,
      role: input.role,
      tokenHash: digest(token),
      invitedBy: memberId(ctx),
      expiresAt,
      createdAt: now,
    });
    await recordAudit(
      { ...ctx, tx },
      {
        action: "invitation.create",
        entityType: "invitation",
        entityId: id,
        data: { email: input.email, role: input.role },
      },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "members", [id]));
  });
  return { id, token, expiresAt };
}
