import { and, asc, eq } from "drizzle-orm";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx, Role } from "#server/core/context.ts";
import { type Presence, presenceAt } from "#server/domains/presence/index.ts";

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  status: "active" | "deactivated";
  joinedAt: Date;
  deactivatedAt: Date | null;
  presence: Presence;
  /** Pieces of open work that rules may give them; null is no limit. */
  capacity: number | null;
  /** An absence that is, or that is to come. */
  absence: { from: Date; until: Date; substituteId: string | null; now: boolean } | null;
}

/** Everyone who works or worked in the tenant: those who may sign in first, then by name. */
export async function listMembers(ctx: Ctx): Promise<Member[]> {
  const now = ctx.clock.now();
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({
        userId: memberships.userId,
        name: userProfiles.displayName,
        email: memberships.email,
        role: memberships.role,
        status: memberships.status,
        joinedAt: memberships.createdAt,
        deactivatedAt: memberships.deactivatedAt,
        presence: presenceAt(now),
        capacity: memberships.capacity,
        from: memberships.absentFrom,
        until: memberships.absentUntil,
        substituteId: memberships.substituteId,
      })
      .from(memberships)
      .innerJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, memberships.tenantId), eq(userProfiles.userId, memberships.userId)),
      )
      .where(eq(memberships.tenantId, ctx.tenantId))
      .orderBy(asc(memberships.status), asc(userProfiles.displayName)),
  );
  return rows.map(({ from, until, substituteId, ...member }) => ({
    ...member,
    absence: from && until && until > now ? { from, until, substituteId, now: from <= now } : null,
  }));
}
