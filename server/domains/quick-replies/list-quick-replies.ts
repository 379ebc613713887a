import { asc } from "drizzle-orm";
import { quickReplies } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export interface QuickReply {
  id: string;
  shortcut: string;
  template: string;
  category: string;
  usageCount: number;
}

/** The tenant's ready-made answers, by shortcut; at most 200. */
export async function listQuickReplies(ctx: Ctx): Promise<QuickReply[]> {
  const { id, shortcut, template, category, usageCount } = quickReplies;
  return withTenant(ctx, (tx) =>
    tx.select({ id, shortcut, template, category, usageCount }).from(quickReplies).orderBy(asc(shortcut)).limit(200),
  );
}
