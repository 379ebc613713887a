import { and, eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { updatePerson } from "#server/auth/index.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { choosePreferences } from "./choose-preferences.ts";
import type { UpdateProfileInput } from "./schemas.ts";

/**
 * Saves what a member chose for themselves. The name is the one colleagues of this tenant see; language,
 * theme and time zone are the person's and follow them into every tenant.
 */
export async function updateProfile(ctx: Ctx, input: UpdateProfileInput): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  const { name, ...chosen } = input;
  await withTenant(ctx, async (tx) => {
    await tx
      .update(userProfiles)
      .set({ displayName: name, updatedAt: ctx.clock.now() })
      .where(and(eq(userProfiles.tenantId, ctx.tenantId), eq(userProfiles.userId, userId)));
    await recordAudit(
      { ...ctx, tx },
      { action: "profile.update", entityType: "member", entityId: userId, data: { ...input } },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "members", [userId]));
  });
  await updatePerson(userId, { name });
  await choosePreferences(userId, ctx.clock, chosen);
}
