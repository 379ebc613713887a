import { countUpTo } from "#db/count-up-to.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { SavedView } from "#server/domains/saved-views/index.ts";
import { keptBriefly } from "#server/core/kept-briefly.ts";
import type { TicketFilter } from "./schemas.ts";
import { ticketFilter } from "./schemas.ts";
import { filterSql } from "./ticket-filter.ts";
import { ofMember } from "./ticket-views.ts";

/** Views of a member that are counted; more of them show none. */
const mostCounted = 10;
const counts = keptBriefly<number[]>({ forMs: 5_000, most: 2_000 });

/**
 * How many tickets the first ten views hold, up to 1,000 and one, in one statement; kept five seconds. Members
 * who share their views share the counts, unless a filter says "me".
 */
export async function countViews(ctx: Ctx, tx: TenantTx, views: readonly SavedView[]): Promise<Map<string, number>> {
  const some = views.filter(({ outdated }) => !outdated).slice(0, mostCounted);
  if (some.length === 0) return new Map();
  const filters = some.map(({ query }) => filterOf(query));
  const isPersonal = filters.some(({ view, assignee }) => ofMember.has(view) || assignee === "me");
  const key = JSON.stringify([filters, isPersonal ? memberId(ctx) : null]);
  const counted = await counts.get(ctx.tenantId, key, ctx.clock, () => count(ctx, tx, filters));
  return new Map(some.map(({ id }, at) => [id, counted[at] ?? 0]));
}

export function forgetViewCounts(tenantId: string): void {
  counts.forget(tenantId);
}

/** As the page reads the address. */
function filterOf({ view = "mine", status, priority, q, ...query }: Record<string, string>): TicketFilter {
  return ticketFilter.parse({
    view,
    ...(status ? { status: status.split(",") } : {}),
    ...(priority ? { priority: priority.split(",") } : {}),
    assignee: query["assignee"],
    channel: query["channel"],
    teamId: query["team"],
    categoryId: query["category"],
    search: q,
  });
}

async function count(ctx: Ctx, tx: TenantTx, filters: readonly TicketFilter[]): Promise<number[]> {
  const params: unknown[] = [ctx.tenantId];
  const lists = filters.map((filter) => {
    const { view, narrowing } = filterSql(filter, memberId(ctx), (value) => `$${params.push(value)}`);
    const conditions = ["t.tenant_id = $1", view, ...narrowing].join(" and ");
    return `tickets t where ${conditions}`;
  });
  return countUpTo(tx, lists, params);
}
