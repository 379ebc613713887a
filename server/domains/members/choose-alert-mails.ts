import { and, eq } from "drizzle-orm";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { AlertMailsInput } from "./schemas.ts";

/** Whether the acting member is written to when an alert opens and when it is over, in this tenant. */
export async function chooseAlertMails(ctx: Ctx, { alertMails }: AlertMailsInput): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    await tx
      .update(userProfiles)
      .set({ alertMails, updatedAt: ctx.clock.now() })
      .where(and(eq(userProfiles.tenantId, ctx.tenantId), eq(userProfiles.userId, userId)));
    await recordAudit(
      { ...ctx, tx },
      { action: "profile.choose_alert_mails", entityType: "member", entityId: userId, data: { alertMails } },
    );
  });
}
