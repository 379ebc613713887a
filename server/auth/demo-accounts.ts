import { and, asc, eq, like } from "drizzle-orm";
import { memberships, tenants, userProfiles } from "#db/schema/tenants.ts";
import { currentConfig } from "#server/core/config.ts";
import type { Role } from "#server/core/context.ts";
import { authDb } from "./auth-pool.ts";

export interface DemoAccount {
  email: string;
  name: string;
  role: Role;
  tenantName: string;
}

/** The seeded accounts of the demo tenants, for the sign-in page; none where the program runs for real. */
export async function demoAccounts(): Promise<DemoAccount[]> {
  if (!currentConfig().demo) return [];
  return authDb()
    .select({
      email: memberships.email,
      name: userProfiles.displayName,
      role: memberships.role,
      tenantName: tenants.name,
    })
    .from(tenants)
    .innerJoin(memberships, eq(memberships.tenantId, tenants.id))
    .innerJoin(
      userProfiles,
      and(eq(userProfiles.tenantId, memberships.tenantId), eq(userProfiles.userId, memberships.userId)),
    )
    .where(
      and(
        eq(tenants.demo, true),
        eq(tenants.kind, "business"),
        eq(memberships.status, "active"),
        like(memberships.email, "%.example"),
      ),
    )
    .orderBy(asc(tenants.name), asc(userProfiles.displayName))
    .limit(12);
}
