import { countCap } from "#db/count-up-to.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { forgetInboxViewCounts } from "./inbox-views.ts";

const keptMs = 5_000;
const mostTenants = 2_000;

export type ConversationCounts = Record<"mine" | "unassigned" | "open", number>;
interface Kept {
  until: number;
  counts: Promise<ConversationCounts>;
}
const kept = new Map<string, Map<string, Kept>>();

/**
 * How many open conversations are the member's, nobody's, and anybody's, each up to 1,000 and one. Kept
 * five seconds per member, and counted anew once this process changes a conversation of the tenant.
 */
export function countConversations(ctx: Ctx): Promise<ConversationCounts> {
  const member = memberId(ctx) ?? "";
  const ofTenant = kept.get(ctx.tenantId) ?? new Map<string, Kept>();
  const now = ctx.clock.now().getTime();
  const known = ofTenant.get(member);
  if (known && known.until > now && known.until <= now + keptMs) return known.counts;
  const counts = count(ctx);
  if (kept.size >= mostTenants) kept.clear();
  kept.set(ctx.tenantId, ofTenant.set(member, { until: now + keptMs, counts }));
  counts.catch(() => forgetConversationCounts(ctx.tenantId));
  return counts;
}

export function forgetConversationCounts(tenantId: string): void {
  kept.delete(tenantId);
  forgetInboxViewCounts(tenantId);
}

const counted = (view: keyof ConversationCounts, condition: string) =>
  `(select count(*)::int from (select from conversations c where c.tenant_id = $1 and c.status = 'open' and not c.archived ${condition} limit ${countCap + 1}) x) as "${view}"`;
const statement = `select ${[
  counted("mine", "and c.assignee_id = $2"),
  counted("unassigned", "and c.assignee_id is null"),
  counted("open", ""),
].join(",\n")}`;

async function count(ctx: Ctx): Promise<ConversationCounts> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<ConversationCounts[]>(statement, [ctx.tenantId, memberId(ctx)], {
      prepare: true,
    });
    if (!row) throw new Error("counting answered nothing");
    return { ...row };
  });
}
