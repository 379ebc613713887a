import { asc, eq, isNull, or } from "drizzle-orm";
import { quickReplies } from "#db/schema/quick-replies.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";

export interface QuickReply {
  id: string;
  shortcut: string;
  template: string;
  category: string;
  /** How often it was filled in for a customer. */
  usageCount: number;
  /** The acting member's own: nobody else sees it. */
  personal: boolean;
}

/** Ready-made answers that a member may use, the business's and their own, by shortcut; at most 200. */
export async function listQuickReplies(ctx: Ctx): Promise<QuickReply[]> {
  const { id, shortcut, template, category, usageCount, ownerId } = quickReplies;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id, shortcut, template, category, usageCount, ownerId })
      .from(quickReplies)
      .where(visibleTo(ctx))
      .orderBy(asc(shortcut), asc(id))
      .limit(200),
  );
  return rows.map(({ ownerId: owner, ...reply }) => ({ ...reply, personal: owner !== null }));
}

/** Everybody's, and the acting member's own. */
export function visibleTo(ctx: Ctx) {
  const { ownerId } = quickReplies;
  const me = memberId(ctx);
  return me ? or(isNull(ownerId), eq(ownerId, me)) : isNull(ownerId);
}
