import { eq } from "drizzle-orm";
import { messageTemplates } from "#db/schema/templates.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";

export type TemplateRow = typeof messageTemplates.$inferSelect;

/** `not_found` when the tenant has no such template. */
export async function findTemplate(ctx: Ctx, templateId: string): Promise<TemplateRow> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.select().from(messageTemplates).where(eq(messageTemplates.id, templateId)),
  );
  if (!row) throw notFound();
  return row;
}
