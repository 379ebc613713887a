import type { Person } from "#server/auth/index.ts";
import { ownerAccount, setupIsOpen, useSetupToken } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { joinTenant } from "#server/domains/members/index.ts";
import type { SetUpInput } from "./schemas.ts";
import { createTenant } from "./create-tenant.ts";
import { ensurePlatformTenant } from "./ensure-platform-tenant.ts";

/**
 * The first start on a real database: uses the printed token up and makes the first business, its owner
 * (who operates the platform too) and the platform tenant.
 */
export async function setUp(input: SetUpInput, clock: Clock): Promise<{ slug: string; person: Person }> {
  if (!(await setupIsOpen(input.token))) throw new DomainError("not_found", "link_expired");
  await useSetupToken(input.token, clock);
  const person = await ownerAccount({
    email: input.email,
    name: input.name,
    password: input.password,
    locale: input.locale,
  });
  const platformId = await ensurePlatformTenant();
  const { business, locale, timezone, currency, country } = input;
  const { tenantId, slug } = await createTenant({ name: business, locale, timezone, currency, country });
  for (const id of [platformId, tenantId]) {
    const ctx = contextFor(id, { type: "member", userId: person.userId, role: "owner" }, clock);
    await joinTenant(ctx, person, "owner");
    await recordAudit(ctx, {
      action: "tenant.set_up",
      entityType: "tenant",
      entityId: id,
      data: { owner: person.email },
    });
  }
  return { slug, person };
}
