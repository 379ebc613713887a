import { webhookLedgerChecks } from "#db/schema/webhook-volumes.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";
import { noChannel, quarterMs, settledMs } from "./log-volumes.ts";

export interface LedgerCheck {
  day: Date;
  /** Events without an end: to be put to work again. */
  unsettled: string[];
  /** Quarters that were counted wrongly and are counted anew. */
  recounted: number;
  /** Events that posts brought and the log does not hold. */
  missing: number;
}

/** An event that had no end for this long was left by something that died. */
const abandonedMs = 600_000;
/** Abandoned events taken at a time: the next check takes the next. */
const mostUnsettled = 10_000;

/**
 * Checks yesterday's ledger of a tenant, in its zone: every event has an end, the counts made ahead are
 * what the log says, and the log holds what the posts brought. Answers null when it was checked already.
 */
export async function checkLedger(ctx: Ctx, { again = false } = {}): Promise<LedgerCheck | null> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const { day, end, checked } = await yesterday(tx, now);
    if (checked && !again) return null;
    const ids = [firstIdAt(day.getTime() - settledMs), firstIdAt(end.getTime() + settledMs)] as const;
    const [unsettled, recounted, missing] = await Promise.all([
      findUnsettled(tx, new Date(now.getTime() - abandonedMs)),
      recountWrongQuarters(tx, day, end, ids),
      countMissing(tx, day, end, ids),
    ]);
    const found = { checkedAt: now, unsettled: unsettled.length, recounted, missing };
    await tx
      .insert(webhookLedgerChecks)
      .values({ tenantId: ctx.tenantId, day, ...found })
      .onConflictDoUpdate({ target: [webhookLedgerChecks.tenantId, webhookLedgerChecks.day], set: found });
    return { day, unsettled, recounted, missing };
  });
}

async function yesterday(tx: TenantTx, now: Date): Promise<{ day: Date; end: Date; checked: boolean }> {
  const [row] = await tx.raw.unsafe<{ day: Date; end: Date; checked: boolean }[]>(
    `with bounds as (
       select (date_trunc('day', $2::timestamptz at time zone timezone) - interval '1 day') at time zone timezone as day,
              date_trunc('day', $2::timestamptz, timezone) as end
         from tenants where id = $1)
     select day, "end", exists (select from webhook_ledger_checks found where found.tenant_id = $1 and found.day = bounds.day) as checked
       from bounds`,
    [tx.tenantId, now] as never[],
    { prepare: true },
  );
  return row!;
}

/** Of any age: what was left before yesterday is still owed an end. */
async function findUnsettled(tx: TenantTx, before: Date): Promise<string[]> {
  const rows = await tx.raw.unsafe<{ id: string }[]>(
    `select id from webhook_logs
      where tenant_id = $1 and status in ('received', 'retrying')
        and received_at < $2 and coalesce(next_attempt_at, received_at) < $2
      order by id limit ${mostUnsettled}`,
    [tx.tenantId, before] as never[],
    { prepare: true },
  );
  return rows.map((row) => row.id);
}

/** Asks for a recount of each quarter whose events by channel and status are not what was counted. */
async function recountWrongQuarters(
  tx: TenantTx,
  day: Date,
  end: Date,
  [first, last]: readonly [string, string],
): Promise<number> {
  const rows = await tx.raw.unsafe<{ quarter: Date }[]>(
    `with counted as (
       select at as quarter, channel_id, status, sum(events) as events from webhook_log_volumes
        where tenant_id = $1 and grain = 'quarter' and at >= $2 and at < $3 group by 1, 2, 3),
     there as (
       select date_bin('15 minutes', received_at, timestamptz '2000-01-01 00:00:00+00') as quarter,
              coalesce(channel_id, '${noChannel}') as channel_id, status, count(*) as events
         from webhook_logs
        where tenant_id = $1 and id >= $4 and id < $5 and received_at >= $2 and received_at < $3 group by 1, 2, 3)
     insert into webhook_log_recounts (tenant_id, quarter)
     select distinct $1::uuid, quarter
       from counted full join there using (quarter, channel_id, status)
      where counted.events is distinct from there.events
        and quarter + interval '${quarterMs / 1000} seconds' <= (select counted_until from webhook_log_counts where tenant_id = $1)
     on conflict (tenant_id, quarter) do update set quarter = excluded.quarter
     returning quarter`,
    [tx.tenantId, day, end, first, last] as never[],
    { prepare: true },
  );
  return rows.length;
}

/**
 * Of the posts that were this tenant's alone and genuine: each says how many events it brought. A post with
 * refused events is left out, as some of those are only counted; and the platform's, whose events are others'.
 */
async function countMissing(
  tx: TenantTx,
  day: Date,
  end: Date,
  [first, last]: readonly [string, string],
): Promise<number> {
  const [row] = await tx.raw.unsafe<{ missing: number }[]>(
    `with there as (
       select delivery_id, count(*)::int as events, bool_or(status = 'rejected') as refused
         from webhook_logs where tenant_id = $1 and id >= $4 and id < $5 and delivery_id is not null group by 1)
     select coalesce(sum(post.events - coalesce(there.events, 0)), 0)::int as missing
       from webhook_deliveries post left join there on there.delivery_id = post.id
      where (select kind from tenants where id = $1) = 'business'
        and post.tenant_id = $1 and post.id >= $4 and post.id < $5 and post.received_at >= $2 and post.received_at < $3
        and post.verified and there.refused is not true and post.events > coalesce(there.events, 0)`,
    [tx.tenantId, day, end, first, last] as never[],
    { prepare: true },
  );
  return row?.missing ?? 0;
}
