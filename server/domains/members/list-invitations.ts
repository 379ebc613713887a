import { and, desc, eq, gt, isNull } from "drizzle-orm";
import { invitations } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx, Role } from "#server/core/context.ts";

export interface OpenInvitation {
  id: string;
  email: string;
  role: Role;
  expiresAt: Date;
  createdAt: Date;
}

/** Invitations that nobody has accepted yet and that still work, newest first. */
export async function listInvitations(ctx: Ctx): Promise<OpenInvitation[]> {
  return withTenant(ctx, (tx) =>
    tx
      .select({
        id: invitations.id,
        email: invitations.email,
        role: invitations.role,
        expiresAt: invitations.expiresAt,
        createdAt: invitations.createdAt,
      })
      .from(invitations)
      .where(
        and(
          eq(invitations.tenantId, ctx.tenantId),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, ctx.clock.now()),
        ),
      )
      .orderBy(desc(invitations.id)),
  );
}
