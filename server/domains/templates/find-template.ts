import { and, eq } from "drizzle-orm";
import { messageTemplates } from "#db/schema/templates.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { JsonObject } from "#server/providers/contract.ts";

export type TemplateRow = typeof messageTemplates.$inferSelect;

/** `not_found` when the tenant has no such template. */
export async function findTemplate(ctx: Ctx, templateId: string): Promise<TemplateRow> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.select().from(messageTemplates).where(eq(messageTemplates.id, templateId)),
  );
  if (!row) throw notFound();
  return row;
}

/** The provider's own definition of a template, as last read; empty when it is gone. */
export async function findDefinition(
  ctx: Ctx,
  { channelId, name, language }: { channelId: string; name: string; language: string },
): Promise<JsonObject> {
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .select({ definition: messageTemplates.definition })
      .from(messageTemplates)
      .where(
        and(
          eq(messageTemplates.channelId, channelId),
          eq(messageTemplates.name, name),
          eq(messageTemplates.language, language),
        ),
      ),
  );
  return (row?.definition ?? {}) as JsonObject;
}
