import { and, eq } from "drizzle-orm";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forbidden } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { UndoInput } from "./schemas.ts";

/** For how long the acting member may take a reply back before it leaves, in this tenant. */
export async function chooseUndo(ctx: Ctx, { undoSeconds }: UndoInput): Promise<void> {
  const userId = memberId(ctx);
  if (!userId) throw forbidden();
  await withTenant(ctx, async (tx) => {
    await tx
      .update(userProfiles)
      .set({ undoSeconds, updatedAt: ctx.clock.now() })
      .where(and(eq(userProfiles.tenantId, ctx.tenantId), eq(userProfiles.userId, userId)));
    await recordAudit(
      { ...ctx, tx },
      { action: "profile.choose_undo", entityType: "member", entityId: userId, data: { undoSeconds } },
    );
  });
}
