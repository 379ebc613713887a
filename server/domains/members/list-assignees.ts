import { and, asc, eq } from "drizzle-orm";
import { memberships, userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid } from "#server/core/errors.ts";
import { absentUntilAt, type Presence, presenceAt } from "#server/domains/presence/index.ts";

export interface Assignee {
  userId: string;
  name: string;
  presence: Presence;
  /** Until when they are out of the office; null while they are not. */
  absentUntil: Date | null;
}

/** The active members, by name: who work can be given to. */
export async function listAssignees(ctx: Ctx): Promise<Assignee[]> {
  const now = ctx.clock.now();
  return withTenant(ctx, (tx) =>
    tx
      .select({
        userId: memberships.userId,
        name: userProfiles.displayName,
        presence: presenceAt(now),
        absentUntil: absentUntilAt(now),
      })
      .from(memberships)
      .innerJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, memberships.tenantId), eq(userProfiles.userId, memberships.userId)),
      )
      .where(and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.status, "active")))
      .orderBy(asc(userProfiles.displayName), asc(memberships.userId)),
  );
}

/** Refuses, beside the field that names them, anyone who is no active member of the tenant. */
export async function requireAssignee(ctx: Ctx, tx: TenantTx, userId: string, field = "assigneeId"): Promise<void> {
  const [member] = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(
      and(eq(memberships.tenantId, ctx.tenantId), eq(memberships.userId, userId), eq(memberships.status, "active")),
    );
  if (!member) throw invalid({ [field]: "not_active_member" });
}
