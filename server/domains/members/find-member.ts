import { and, eq } from "drizzle-orm";
import { memberships } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx, Role } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";

interface FoundMember {
  userId: string;
  email: string;
  role: Role;
  status: "active" | "deactivated";
  /** Pieces of open work that rules may give them; null is no limit. */
  capacity: number | null;
}

/** A member of the tenant, locked until the transaction ends; someone else's member is `not_found`. */
export async function findMember(tx: TenantTx, userId: string): Promise<FoundMember> {
  const [member] = await tx
    .select({
      userId: memberships.userId,
      email: memberships.email,
      role: memberships.role,
      status: memberships.status,
      capacity: memberships.capacity,
    })
    .from(memberships)
    .where(and(eq(memberships.tenantId, tx.tenantId), eq(memberships.userId, userId)))
    .for("update");
  if (!member) throw notFound();
  return member;
}

/**
 * Refuses to take the last owner away: nobody could give the role back. Locks every owner, so that two
 * owners who leave at the same moment do not both succeed. Call it before the member is locked.
 */
export async function keepAnOwner(tx: TenantTx, userId: string): Promise<void> {
  const owners = await tx
    .select({ userId: memberships.userId })
    .from(memberships)
    .where(and(eq(memberships.tenantId, tx.tenantId), eq(memberships.role, "owner"), eq(memberships.status, "active")))
    .orderBy(memberships.userId)
    .for("update");
  if (owners.length === 1 && owners[0]?.userId === userId) throw new DomainError("conflict", "last_owner");
}

/** Only owners give, take or touch the role of owner. */
export function ownersOnly(ctx: Ctx, ...touched: Role[]): void {
  const acts = ctx.actor.type === "member" ? ctx.actor.role : "owner";
  if (acts !== "owner" && touched.includes("owner")) throw new DomainError("forbidden", "owners_only");
}
