import { sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Person } from "#server/auth/index.ts";
import type { Ctx, Role } from "#server/core/context.ts";

/**
 * Makes a person a member. Someone who was deactivated is let in again with the new role; an active
 * member keeps the role they have.
 */
export async function joinTenant(ctx: Ctx, person: Person, role: Role): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { tenantId } = ctx;
    const now = ctx.clock.now();
    await tx
      .insert(memberships)
      .values({ tenantId, userId: person.userId, email: person.email, role, createdAt: now })
      .onConflictDoUpdate({
        target: [memberships.tenantId, memberships.userId],
        set: { role, status: "active", deactivatedAt: null, updatedAt: now },
        setWhere: sql`${memberships.status} = 'deactivated'`,
      });
    await tx
      .insert(userProfiles)
      .values({ tenantId, userId: person.userId, displayName: person.name })
      .onConflictDoNothing();
    tx.afterCommit(() => publish(tenantId, "members", [person.userId]));
  });
}
