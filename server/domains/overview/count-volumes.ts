import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";

const hourMs = 60 * 60_000;
export const hours = 24;
const keptMs = 30_000;
const mostTenants = 2_000;

/** One hour of the log: everything received, and what of it failed or was refused. */
export interface HourVolume {
  /** The hour's beginning. */
  at: Date;
  received: number;
  failed: number;
}

const kept = new Map<string, { until: number; volumes: Promise<HourVolume[]> }>();

/** The last 24 hours of the webhook log by the hour, oldest first, empty hours too. Kept half a minute. */
export function countVolumes(ctx: Ctx): Promise<HourVolume[]> {
  const now = ctx.clock.now().getTime();
  const known = kept.get(ctx.tenantId);
  if (known && known.until > now && known.until <= now + keptMs) return known.volumes;
  const volumes = count(ctx, now);
  if (kept.size >= mostTenants) kept.clear();
  kept.set(ctx.tenantId, { until: now + keptMs, volumes });
  volumes.catch(() => kept.delete(ctx.tenantId));
  return volumes;
}

async function count(ctx: Ctx, now: number): Promise<HourVolume[]> {
  const first = Math.floor(now / hourMs) * hourMs - (hours - 1) * hourMs;
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ hour: number; received: number; failed: number }[]>(
      // Time bounds are id bounds: days outside of them are not even opened.
      `select floor(extract(epoch from received_at - $3::timestamptz) / 3600)::int as hour, count(*)::int as received,
         (count(*) filter (where status in ('failed', 'rejected')))::int as failed
       from webhook_logs where tenant_id = $1 and id >= $2::uuid and received_at >= $3::timestamptz group by 1`,
      [ctx.tenantId, firstIdAt(first - hourMs), new Date(first)] as never[],
      { prepare: true },
    ),
  );
  const byHour = new Map(rows.map((row) => [row.hour, row]));
  return Array.from({ length: hours }, (_, hour) => ({
    at: new Date(first + hour * hourMs),
    received: byHour.get(hour)?.received ?? 0,
    failed: byHour.get(hour)?.failed ?? 0,
  }));
}
