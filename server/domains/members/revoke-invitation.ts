import { and, eq, isNull } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { invitations } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";

/** Makes an open invitation's link stop working. */
export async function revokeInvitation(ctx: Ctx, input: { id: string }): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [revoked] = await tx
      .update(invitations)
      .set({ revokedAt: ctx.clock.now() })
      .where(
        and(
          eq(invitations.tenantId, ctx.tenantId),
          eq(invitations.id, input.id),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
        ),
      )
      .returning({ email: invitations.email });
    if (!revoked) throw notFound();
    await recordAudit(
      { ...ctx, tx },
      {
        action: "invitation.revoke",
        entityType: "invitation",
        entityId: input.id,
        data: { email: revoked.email },
      },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "members", [input.id]));
  });
}
