import { and, eq } from "drizzle-orm";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";

export interface Profile {
  name: string;
  locale: "fr" | "en" | null;
  theme: "system" | "light" | "dark";
  timezone: string | null;
  /** Alerts come by mail too, where their role sees them. */
  alertMails: boolean;
  /** For how long a reply of theirs may be taken back; 0: it leaves at once. */
  undoSeconds: number;
}

/** What the acting member chose for themselves. */
export async function readProfile(ctx: Ctx): Promise<Profile> {
  const [profile] = await withTenant(ctx, (tx) =>
    tx
      .select({
        name: userProfiles.displayName,
        locale: userProfiles.locale,
        theme: userProfiles.theme,
        timezone: userProfiles.timezone,
        alertMails: userProfiles.alertMails,
        undoSeconds: userProfiles.undoSeconds,
      })
      .from(userProfiles)
      .where(and(eq(userProfiles.tenantId, ctx.tenantId), eq(userProfiles.userId, memberId(ctx) ?? ctx.tenantId))),
  );
  if (!profile) throw notFound();
  return profile;
}
