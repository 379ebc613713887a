import { eq } from "drizzle-orm";
import { memberships } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";

/** Whether the acting member said that they are not to be given anything for now. */
export async function readOwnPresence(ctx: Ctx): Promise<{ away: boolean }> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  const [own] = await withTenant(ctx, (tx) =>
    tx.select({ away: memberships.away }).from(memberships).where(eq(memberships.userId, userId)),
  );
  return { away: own?.away ?? false };
}
