import { and, eq } from "drizzle-orm";
import { invitations, tenants } from "#db/schema/tenants.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { countAttempt } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Role } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { DomainError } from "#server/core/errors.ts";

export interface Invitation {
  tenantId: string;
  id: string;
  slug: string;
  tenantName: string;
  email: string;
  role: Role;
  expiresAt: Date;
}

/**
 * What a link invites to, while it is good; else `link_expired`, whatever is wrong with it. It says
 * nothing about whether the email has an account. Guesses are counted against their address.
 */
export async function lookAtInvitation(address: string, token: string, clock: Clock): Promise<Invitation> {
  const [owner] = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.owner_of_token('invitation', ${digest(token)})`;
  if (!owner) {
    await countAttempt({ address }, clock.now());
    throw new DomainError("not_found", "link_expired");
  }
  const [invitation] = await withTenant({ tenantId: owner.tenant_id }, (tx) =>
    tx
      .select({
        tenantId: invitations.tenantId,
        id: invitations.id,
        slug: tenants.slug,
        tenantName: tenants.name,
        email: invitations.email,
        role: invitations.role,
        expiresAt: invitations.expiresAt,
      })
      .from(invitations)
      .innerJoin(tenants, eq(tenants.id, invitations.tenantId))
      .where(and(eq(invitations.tenantId, owner.tenant_id), eq(invitations.id, owner.id))),
  );
  if (!invitation) throw new DomainError("not_found", "link_expired");
  return invitation;
}
