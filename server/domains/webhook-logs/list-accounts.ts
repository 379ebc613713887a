import type { channelTypes } from "#db/schema/channels.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstUncounted } from "./first-uncounted.ts";
import type { AccountsInput } from "./schemas.ts";

/** A connected account and what came in through it (S3.5). */
export interface WebhookAccount {
  channelId: string;
  name: string;
  provider: string;
  channelType: (typeof channelTypes)[number];
  /** The number or handle that customers write to. */
  address: string | null;
  enabled: boolean;
  lastWebhookAt: Date | null;
  received: number;
  /** Became what they should, repeated and ignored ones included. */
  processed: number;
  /** Refused, or failed on our side. */
  failed: number;
  /** Mean time that applying one took; null without any that was measured. */
  meanMs: number | null;
}

/**
 * The accounts of a tenant, those that something came from last first, with their totals since a day of the
 * tenant's zone, or since ever. Read from the counts made ahead, and the log itself for the last minutes.
 */
export async function listAccounts(ctx: Ctx, { since }: AccountsInput): Promise<WebhookAccount[]> {
  return withTenant(ctx, async (tx) => {
    const from = since ? await midnightBefore(tx, since) : new Date(0);
    const rows = await tx.raw.unsafe<WebhookAccount[]>(
      `with counted as (select coalesce(max(counted_until), '1970-01-01') as until from webhook_log_counts where tenant_id = $1),
            stretch as (
              select channel_id, status, sum(events) as events, sum(total_ms) as ms,
                     sum(events) filter (where speed >= 0 and total_ms is not null) as timed
                from webhook_log_volumes where tenant_id = $1 and grain = 'day' and at >= $2 group by 1, 2
              union all
              select channel_id, status, count(*), sum(processing_time_ms), count(processing_time_ms)
                from webhook_logs
               where tenant_id = $1 and id >= $3 and received_at >= greatest($2, (select until from counted)) group by 1, 2),
            total as (
              select channel_id, sum(events)::int as received,
                     sum(events) filter (where status in ('processed', 'duplicate', 'ignored'))::int as processed,
                     sum(events) filter (where status in ('failed', 'rejected'))::int as failed,
                     (sum(ms) / nullif(sum(timed), 0))::float as mean
                from stretch group by 1)
       select channel.id as "channelId", channel.name, channel.provider, channel.channel_type as "channelType",
              channel.display_phone_number as address, channel.enabled, channel.last_webhook_at as "lastWebhookAt",
              coalesce(total.received, 0) as received, coalesce(total.processed, 0) as processed,
              coalesce(total.failed, 0) as failed, total.mean as "meanMs"
         from channel_configurations channel left join total on total.channel_id = channel.id
        where channel.tenant_id = $1 and channel.configured
        order by channel.last_webhook_at desc nulls last, channel.id`,
      [tx.tenantId, from, await firstUncounted(tx, from)] as never[],
      { prepare: true },
    );
    return [...rows];
  });
}

async function midnightBefore(tx: TenantTx, instant: Date): Promise<Date> {
  const [row] = await tx.raw.unsafe<{ at: Date }[]>(
    "select date_trunc('day', $2::timestamptz, timezone) as at from tenants where id = $1",
    [tx.tenantId, instant] as never[],
    { prepare: true },
  );
  return row!.at;
}
