import { eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { messageTemplates } from "#db/schema/templates.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { EnableTemplateInput } from "./schemas.ts";

/** Offers a template to agents, or keeps it from them. What the provider thinks of it is another matter. */
export async function enableTemplate(ctx: Ctx, { templateId, enabled }: EnableTemplateInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .update(messageTemplates)
      .set({ enabled, updatedAt: ctx.clock.now() })
      .where(eq(messageTemplates.id, templateId))
      .returning({ channelId: messageTemplates.channelId, name: messageTemplates.name });
    if (!row) throw notFound();
    await recordAudit(
      { ...ctx, tx },
      {
        action: enabled ? "template.enable" : "template.disable",
        entityType: "template",
        entityId: templateId,
        data: row,
      },
    );
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [row.channelId]));
  });
}
