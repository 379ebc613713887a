import { and, eq } from "drizzle-orm";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { membershipsOf, updatePerson } from "#server/auth/index.ts";
import type { Clock } from "#server/core/clock.ts";
import type { ChosenPreferences } from "./schemas.ts";

/** Language, theme and time zone are the person's own: they follow them into every tenant. */
export async function choosePreferences(userId: string, clock: Clock, chosen: ChosenPreferences): Promise<void> {
  if (Object.keys(chosen).length === 0) return;
  if (chosen.locale !== undefined) await updatePerson(userId, { locale: chosen.locale });
  for (const { tenantId } of await membershipsOf(userId)) {
    await withTenant({ tenantId }, (tx) =>
      tx
        .update(userProfiles)
        .set({ ...chosen, updatedAt: clock.now() })
        .where(and(eq(userProfiles.tenantId, tenantId), eq(userProfiles.userId, userId))),
    );
  }
}
