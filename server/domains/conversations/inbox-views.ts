import { countUpTo } from "#db/count-up-to.ts";
import { onLiveChange } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { keptBriefly } from "#server/core/kept-briefly.ts";
import type { SavedView } from "#server/domains/saved-views/index.ts";
import { listViews } from "#server/domains/saved-views/index.ts";
import { conditionsOf } from "./conversation-filter.ts";
import type { InboxFilter } from "./schemas.ts";
import { inboxFilterOf } from "./schemas.ts";

/** A saved view of the inbox; of the first ten how many conversations each holds, up to 1,000 and one. */
export type InboxView = SavedView & { count: number | null };

const mostCounted = 10;
const kept = keptBriefly<SavedView[]>({ forMs: 5_000, most: 2_000 });
const counts = keptBriefly<number[]>({ forMs: 5_000, most: 2_000 });

// Named in one process, seen in all of them.
onLiveChange(({ tenantId, topic }) => {
  if (topic === "views") kept.forget(tenantId);
});

/**
 * The acting member's saved views with their counts: at most two statements in five seconds, none for who has no view
 * but the first.
 */
export async function inboxViews(ctx: Ctx, tx: TenantTx): Promise<InboxView[]> {
  const me = memberId(ctx);
  if (!me) return [];
  const views = await kept.get(ctx.tenantId, me, ctx.clock, () => listViews({ ...ctx, tx }, { area: "inbox" }));
  const counted = views.filter(({ outdated }) => !outdated).slice(0, mostCounted);
  if (counted.length === 0) return views.map((view) => ({ ...view, count: null }));
  const filters = counted.map(({ query }) => inboxFilterOf(query));
  const isPersonal = filters.some(({ view, filter }) => view === "mine" || filter.assignee === "me");
  const key = JSON.stringify([filters, isPersonal ? me : null]);
  const numbers = await counts.get(ctx.tenantId, key, ctx.clock, () => count(ctx, tx, filters));
  const byView = new Map(counted.map(({ id }, at) => [id, numbers[at] ?? null]));
  return views.map((view) => ({ ...view, count: byView.get(view.id) ?? null }));
}

/** Once a conversation of the tenant changed, views are counted anew. */
export function forgetInboxViewCounts(tenantId: string): void {
  counts.forget(tenantId);
}

async function count(ctx: Ctx, tx: TenantTx, filters: readonly InboxFilter[]): Promise<number[]> {
  const params: unknown[] = [ctx.tenantId];
  const asked = { me: memberId(ctx), now: ctx.clock.now() };
  const lists = filters.map(({ view, filter }) => {
    const where = ["tenant_id = $1", ...conditionsOf(view, filter, asked, params)].join(" and ");
    return `conversations where ${where}`;
  });
  return countUpTo(tx, lists, params);
}
