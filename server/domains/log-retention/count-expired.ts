import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt, instantOf } from "#server/core/ids.ts";
import type { LogRetentionInput } from "./schemas.ts";
import { keptFrom, postDays } from "./terms.ts";

export interface Expired {
  /** The beginning of the first day that would be kept. */
  from: Date;
  events: number;
  posts: number;
}

/** What the next night would remove with a term of so many days. Events are read from the counts made ahead. */
export async function countExpired(ctx: Ctx, { days }: LogRetentionInput): Promise<Expired> {
  const now = ctx.clock.now();
  const from = keptFrom(now, days);
  return withTenant(ctx, async (tx) => {
    const posts = countPosts(tx, keptFrom(now, Math.min(days, postDays)));
    return { from, events: await countEvents(tx, from), posts: await posts };
  });
}

async function countEvents(tx: TenantTx, from: Date): Promise<number> {
  const [oldest] = await tx.raw.unsafe<{ id: string }[]>(
    "select id from webhook_logs where tenant_id = $1 order by id limit 1",
    [tx.tenantId],
    { prepare: true },
  );
  if (!oldest) return 0;
  const [counted] = await tx.raw.unsafe<{ events: number }[]>(
    `select coalesce(sum(events), 0)::int as events from webhook_log_volumes
      where tenant_id = $1 and grain = 'quarter' and at > $2::timestamptz - interval '15 minutes' and at < $3`,
    [tx.tenantId, instantOf(oldest.id), from] as never[],
    { prepare: true },
  );
  return counted?.events ?? 0;
}

async function countPosts(tx: TenantTx, from: Date): Promise<number> {
  const [found] = await tx.raw.unsafe<{ posts: number }[]>(
    "select count(*)::int as posts from webhook_deliveries where tenant_id = $1 and id < $2",
    [tx.tenantId, firstIdAt(from.getTime())],
    { prepare: true },
  );
  return found?.posts ?? 0;
}
