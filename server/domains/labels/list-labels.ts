import { asc } from "drizzle-orm";
import { labels } from "#db/schema/labels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export type Label = Pick<typeof labels.$inferSelect, "id" | "name" | "colour">;

/** A business may have so many. */
export const mostLabels = 100;

/** The words that conversations may be sorted by, in their order. */
export async function listLabels(ctx: Ctx): Promise<Label[]> {
  const { id, name, colour } = labels;
  return withTenant(ctx, (tx) => tx.select({ id, name, colour }).from(labels).orderBy(asc(name)).limit(mostLabels));
}
