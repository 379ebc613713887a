import { and, eq, gt, isNull } from "drizzle-orm";
import { invitations } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Person } from "#server/auth/index.ts";
import { countAttempt, createPerson } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError, invalid } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { joinTenant } from "./join-tenant.ts";
import type { Invitation } from "./look-at-invitation.ts";
import { lookAtInvitation } from "./look-at-invitation.ts";
import type { AcceptInvitationInput } from "./schemas.ts";

export interface Acceptance {
  slug: string;
  person: Person;
  /** The account was made just now: its browser is to be signed in. */
  newPerson: boolean;
}

/**
 * Joins the tenant of an invitation, once: as the signed-in person when the invitation is for their
 * email, else with a new account. An email that has an account must sign in first (`sign_in_first`):
 * a link alone never opens an account that exists.
 */
export async function acceptInvitation(
  browser: { address: string; person: Person | null },
  clock: Clock,
  input: AcceptInvitationInput,
): Promise<Acceptance> {
  const invitation = await lookAtInvitation(browser.address, input.token, clock);
  if (browser.person) {
    if (browser.person.email !== invitation.email) throw new DomainError("conflict", "other_account");
    await join(invitation, browser.person, clock);
    return { slug: invitation.slug, person: browser.person, newPerson: false };
  }
  const { name, password } = input;
  if (!name || !password) throw invalid({ name: "required", password: "required" });
  await countAttempt({ address: browser.address }, clock.now());
  const person = await createPerson({ email: invitation.email, name, password });
  if (!person) throw new DomainError("conflict", "sign_in_first");
  await join(invitation, person, clock);
  return { slug: invitation.slug, person, newPerson: true };
}

async function join(invitation: Invitation, person: Person, clock: Clock): Promise<void> {
  const { tenantId, id, role } = invitation;
  const ctx = contextFor(tenantId, { type: "member", userId: person.userId, role }, clock);
  await withTenant(ctx, async (tx) => {
    const [accepted] = await tx
      .update(invitations)
      .set({ acceptedAt: clock.now() })
      .where(
        and(
          eq(invitations.tenantId, tenantId),
          eq(invitations.id, id),
          isNull(invitations.acceptedAt),
          isNull(invitations.revokedAt),
          gt(invitations.expiresAt, clock.now()),
        ),
      )
      .returning({ id: invitations.id });
    if (!accepted) throw new DomainError("not_found", "link_expired");
    await joinTenant({ ...ctx, tx }, person, role);
    await recordAudit(
      { ...ctx, tx },
      {
        action: "invitation.accept",
        entityType: "member",
        entityId: person.userId,
        data: { email: person.email, role },
      },
    );
  });
}
