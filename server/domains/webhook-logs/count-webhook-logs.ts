import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";

/** The last day of the log in figures. */
export interface WebhookVolume {
  /** One per hour, the oldest first, the running hour last. `failed`: rejected or failed, part of `total`. */
  hours: { at: Date; total: number; failed: number }[];
  total: number;
  /** Events that need nothing more: processed, repeated or ignored. */
  settled: number;
  /** Milliseconds that 95 of 100 events took at most; null before the first. */
  p95Ms: number | null;
  /** Refused events that were counted and not stored. */
  notKept: number;
}

const hourMs = 3_600_000;
const keptMs = 5_000;
const mostTenants = 2_000;
const kept = new Map<string, { until: number; volume: Promise<WebhookVolume> }>();

/** Counts the last 24 hours; kept five seconds per tenant. */
export function countWebhookLogs(ctx: Ctx): Promise<WebhookVolume> {
  const now = ctx.clock.now().getTime();
  const known = kept.get(ctx.tenantId);
  if (known && known.until > now && known.until <= now + keptMs) return known.volume;
  const volume = count(ctx, now);
  if (kept.size >= mostTenants) kept.clear();
  kept.set(ctx.tenantId, { until: now + keptMs, volume });
  volume.catch(() => kept.delete(ctx.tenantId));
  return volume;
}

async function count(ctx: Ctx, now: number): Promise<WebhookVolume> {
  const first = Math.floor(now / hourMs) * hourMs - 23 * hourMs;
  return withTenant(ctx, async (tx) => {
    const [byHour, [speed], [rejections]] = await Promise.all([
      tx.raw.unsafe<{ at: Date; total: number; failed: number; settled: number }[]>(
        `select date_trunc('hour', received_at) as at, count(*)::int as total,
                count(*) filter (where status in ('rejected', 'failed'))::int as failed,
                count(*) filter (where status in ('processed', 'duplicate', 'ignored'))::int as settled
           from webhook_logs where tenant_id = $1 and id >= $2 group by 1`,
        [ctx.tenantId, firstIdAt(first)],
        { prepare: true },
      ),
      // The newest thousand speak for the day.
      tx.raw.unsafe<{ p95: number | null }[]>(
        `select percentile_disc(0.95) within group (order by processing_time_ms) as p95
           from (select processing_time_ms from webhook_logs
                  where tenant_id = $1 and id >= $2 and processing_time_ms is not null order by id desc limit 1000) newest`,
        [ctx.tenantId, firstIdAt(first)],
        { prepare: true },
      ),
      tx.raw.unsafe<{ dropped: number | null }[]>(
        "select sum(dropped)::int as dropped from webhook_rejections where tenant_id = $1 and minute >= $2",
        [ctx.tenantId, new Date(first)] as never[],
        { prepare: true },
      ),
    ]);
    const known = new Map(byHour.map((hour) => [hour.at.getTime(), hour]));
    const hours = Array.from({ length: 24 }, (_, at) => {
      const { total = 0, failed = 0 } = known.get(first + at * hourMs) ?? {};
      return { at: new Date(first + at * hourMs), total, failed };
    });
    const sum = (of: "total" | "settled") => byHour.reduce((all, hour) => all + hour[of], 0);
    return {
      hours,
      total: sum("total"),
      settled: sum("settled"),
      p95Ms: speed?.p95 ?? null,
      notKept: rejections?.dropped ?? 0,
    };
  });
}
