import { and, eq, gte, inArray, lt } from "drizzle-orm";
import { tenants } from "#db/schema/tenants.ts";
import { webhookLogCounts, webhookLogVolumes } from "#db/schema/webhook-volumes.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt, instantOf } from "#server/core/ids.ts";
import { keptFrom } from "#server/domains/log-retention/index.ts";
import { noChannel, quarterMs, quarterOf, settledMs, speedOfLog } from "./log-volumes.ts";

/** Quarters counted in one transaction: a day. */
const mostQuarters = 96;

/**
 * Counts what the log has gained: quarters that are over, and those whose events changed since. Answers
 * whether there is more to count. A tenant that moved to another zone gets its days cut anew.
 */
export async function countLogVolumes(ctx: Ctx): Promise<boolean> {
  return withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const { timezone: zone, logRetentionDays } = tenants;
    const [tenant] = await tx
      .select({ zone, term: logRetentionDays })
      .from(tenants)
      .where(eq(tenants.id, ctx.tenantId));
    const timezone = tenant?.zone ?? "UTC";
    // Two workers count the same thing once.
    await tx.raw.unsafe("select pg_advisory_xact_lock(hashtextextended('webhook_log_volumes ' || $1::text, 0))", [
      ctx.tenantId,
    ]);
    const [known] = await tx.select().from(webhookLogCounts);
    const from = known?.countedUntil ?? (await beginningOf(tx));
    const end = quarterOf(new Date(now.getTime() - settledMs));
    const recounts = await takeRecounts(tx, keptFrom(now, tenant?.term ?? 0), from ?? end);
    const fresh = from ? quartersBetween(from, end) : [];
    const next = fresh.slice(0, mostQuarters);
    const counting = [...recounts, ...next];
    for (const quarter of recounts) await countQuarters(tx, quarter, quarter);
    if (next.length > 0) await countQuarters(tx, next[0]!, next.at(-1)!);
    if (known && known.timezone !== timezone) await sumDays(tx, timezone, null);
    else if (counting.length > 0) await sumDays(tx, timezone, counting);
    const countedUntil = fresh.length > mostQuarters ? fresh[mostQuarters]! : end;
    if (!known || counting.length > 0 || known.timezone !== timezone || known.countedUntil < countedUntil) {
      await tx
        .insert(webhookLogCounts)
        .values({ tenantId: ctx.tenantId, countedUntil, timezone })
        .onConflictDoUpdate({ target: webhookLogCounts.tenantId, set: { countedUntil, timezone } });
    }
    return fresh.length > mostQuarters;
  });
}

async function beginningOf(tx: TenantTx): Promise<Date | null> {
  const [first] = await tx.raw.unsafe<{ id: string }[]>(
    "select id from webhook_logs where tenant_id = $1 order by id limit 1",
    [tx.tenantId],
    { prepare: true },
  );
  return first ? quarterOf(instantOf(first.id)) : null;
}

/**
 * Taken in the transaction that counts them: what changes meanwhile asks again. What the log keeps no longer
 * was counted while it did, and stays counted.
 */
async function takeRecounts(tx: TenantTx, since: Date, before: Date): Promise<Date[]> {
  const rows = await tx.raw.unsafe<{ quarter: Date }[]>(
    `delete from webhook_log_recounts where tenant_id = $1 and quarter in (
       select quarter from webhook_log_recounts where tenant_id = $1 order by quarter limit ${mostQuarters})
     returning quarter`,
    [tx.tenantId],
    { prepare: true },
  );
  return rows.map((row) => row.quarter).filter((quarter) => quarter >= since && quarter < before);
}

function quartersBetween(from: Date, end: Date): Date[] {
  const count = Math.max(0, Math.round((end.getTime() - from.getTime()) / quarterMs));
  return Array.from({ length: count }, (_, at) => new Date(from.getTime() + at * quarterMs));
}

/** Counts the quarters from the first to the last. */
async function countQuarters(tx: TenantTx, first: Date, last: Date): Promise<void> {
  const end = new Date(last.getTime() + quarterMs);
  await tx
    .delete(webhookLogVolumes)
    .where(
      and(eq(webhookLogVolumes.grain, "quarter"), gte(webhookLogVolumes.at, first), lt(webhookLogVolumes.at, end)),
    );
  await tx.raw.unsafe(
    `insert into webhook_log_volumes (tenant_id, grain, at, channel_id, platform, kind, status, reason, speed, events, total_ms)
     select $1, 'quarter', date_bin('15 minutes', log.received_at, timestamptz '2000-01-01 00:00:00+00'),
            coalesce(log.channel_id, '${noChannel}'), log.platform, log.kind, log.status, coalesce(log.reason, ''),
            ${speedOfLog}, count(*), coalesce(sum(log.processing_time_ms), 0)
       from webhook_logs log
      where log.tenant_id = $1 and log.id >= $2 and log.id < $3 and log.received_at >= $4 and log.received_at < $5
      group by 3, 4, 5, 6, 7, 8, 9`,
    [tx.tenantId, firstIdAt(first.getTime() - settledMs), firstIdAt(end.getTime() + settledMs), first, end] as never[],
    { prepare: true },
  );
}

/**
 * Sums days of the tenant's zone from their quarters: those that the given quarters fall into, or all of them.
 * Days whose quarters are kept no longer stay as they were cut.
 */
async function sumDays(tx: TenantTx, timezone: string, quarters: readonly Date[] | null): Promise<void> {
  const { grain, at } = webhookLogVolumes;
  const days = quarters ? await daysOf(tx, timezone, quarters) : await daysWithQuarters(tx, timezone);
  await tx.delete(webhookLogVolumes).where(and(eq(grain, "day"), quarters ? inArray(at, days) : gte(at, days[0]!)));
  const among = quarters
    ? [
        new Date(Math.min(...days.map(Number))),
        new Date(Math.max(...days.map(Number)) + longestDayMs),
        days.map((day) => day.toISOString()),
      ]
    : [days[0]!];
  await tx.raw.unsafe(
    `insert into webhook_log_volumes (tenant_id, grain, at, channel_id, platform, kind, status, reason, speed, events, total_ms)
     select $1, 'day', date_trunc('day', at, $2), channel_id, platform, kind, status, reason, speed, sum(events),
            case when bool_and(total_ms is not null) then sum(total_ms) end
       from webhook_log_volumes
      where tenant_id = $1 and grain = 'quarter'
        and ${quarters ? "at >= $3 and at < $4 and date_trunc('day', at, $2) = any ($5::text[]::timestamptz[])" : "at >= $3"}
      group by 3, 4, 5, 6, 7, 8, 9`,
    [tx.tenantId, timezone, ...among] as never[],
    { prepare: true },
  );
}

/** A day that puts the clock back. */
const longestDayMs = 26 * 3_600_000;

/** The first day that can be cut anew: all of them, until quarters of older ones were removed. */
async function daysWithQuarters(tx: TenantTx, timezone: string): Promise<[Date]> {
  const [row] = await tx.raw.unsafe<{ first: Date }[]>(
    `with quarter as (select min(at) as first from webhook_log_volumes where tenant_id = $1 and grain = 'quarter')
     select case when exists (select from webhook_log_volumes where tenant_id = $1 and grain = 'day' and at < quarter.first - interval '26 hours')
                 then (date_trunc('day', quarter.first at time zone $2) + interval '1 day') at time zone $2
                 else timestamptz '1970-01-01 00:00:00+00' end as first
       from quarter`,
    [tx.tenantId, timezone] as never[],
    { prepare: true },
  );
  return [row!.first];
}

async function daysOf(tx: TenantTx, timezone: string, quarters: readonly Date[]): Promise<Date[]> {
  const times = quarters.map((quarter) => quarter.toISOString());
  const rows = await tx.raw.unsafe<{ at: Date }[]>(
    "select distinct date_trunc('day', quarter, $1) as at from unnest($2::text[]::timestamptz[]) as counted (quarter)",
    [timezone, times] as never[],
    { prepare: true },
  );
  return rows.map((row) => row.at);
}
