import { and, asc, eq } from "drizzle-orm";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx, Role } from "#server/core/context.ts";

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  status: "active" | "deactivated";
  joinedAt: Date;
  deactivatedAt: Date | null;
}

/** Everyone who works or worked in the tenant: those who may sign in first, then by name. */
export async function listMembers(ctx: Ctx): Promise<Member[]> {
  return withTenant(ctx, (tx) =>
    tx
      .select({
        userId: memberships.userId,
        name: userProfiles.displayName,
        email: memberships.email,
        role: memberships.role,
        status: memberships.status,
        joinedAt: memberships.createdAt,
        deactivatedAt: memberships.deactivatedAt,
      })
      .from(memberships)
      .innerJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, memberships.tenantId), eq(userProfiles.userId, memberships.userId)),
      )
      .where(eq(memberships.tenantId, ctx.tenantId))
      .orderBy(asc(memberships.status), asc(userProfiles.displayName)),
  );
}
