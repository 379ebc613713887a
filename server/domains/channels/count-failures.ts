import type { TenantTx } from "#db/tenant.ts";
import { firstIdAt } from "#server/core/ids.ts";
import type { Tally } from "./failure-share.ts";

/** A channel's last hour, and what it is measured by. */
export interface ChannelTallies {
  channelId: string;
  recent: Tally;
  usual: Tally;
  /** Why most of the hour's failures failed: a reason of the log, or a provider's code. Null without any. */
  cause: string | null;
}

interface Row {
  channelId: string;
  total: number;
  failed: number;
  usualTotal: number;
  usualFailed: number;
  cause: string | null;
}

const hourMs = 3_600_000;
/** Sends before the hour that the usual share is read from, at most. */
const mostSends = 5_000;

/**
 * Events of the last counted hour by channel, beside those of the fortnight that ended the day before. Reads the counted
 * volumes, not the log. What still waits is neither well nor failed.
 */
export async function countFailedEvents(tx: TenantTx): Promise<ChannelTallies[]> {
  const rows = await tx.raw.unsafe<Row[]>(
    `with counted as (select counted_until as until from webhook_log_counts where tenant_id = $1),
     hour as (
       select channel_id, reason, sum(events) as total, sum(events) filter (where status in ('failed', 'rejected')) as failed
         from webhook_log_volumes
        where tenant_id = $1 and grain = 'quarter' and at >= (select until from counted) - interval '1 hour'
          and status not in ('received', 'retrying')
        group by 1, 2),
     usual as (
       select channel_id, sum(events) as total, sum(events) filter (where status in ('failed', 'rejected')) as failed
         from webhook_log_volumes
        where tenant_id = $1 and grain = 'day' and status not in ('received', 'retrying')
          and at >= (select until from counted) - interval '15 days' and at < (select until from counted) - interval '27 hours'
        group by 1)
     select hour.channel_id as "channelId", sum(hour.total)::int as total, coalesce(sum(hour.failed), 0)::int as failed,
            coalesce(max(usual.total), 0)::int as "usualTotal", coalesce(max(usual.failed), 0)::int as "usualFailed",
            (array_agg(hour.reason order by hour.failed desc) filter (where hour.failed > 0))[1] as cause
       from hour left join usual on usual.channel_id = hour.channel_id
      group by 1`,
    [tx.tenantId],
    { prepare: true },
  );
  return rows.map(talliesOf);
}

/**
 * Sends of the last hour by channel, beside the thousands before them. What was refused for the receiver's sake (no
 * consent, a closed window) or given up on by a member says nothing of the channel.
 */
export async function countFailedSends(tx: TenantTx, now: Date): Promise<ChannelTallies[]> {
  const hourAgo = firstIdAt(now.getTime() - hourMs);
  const rows = await tx.raw.unsafe<Row[]>(
    `with sent as (
       (select channel_id, status, data, error_code, true as recent from messages
         where tenant_id = $1 and id >= $2 and direction = 'out' and not echo and status <> 'pending'
         order by id desc limit ${mostSends})
       union all
       (select channel_id, status, data, error_code, false from messages
         where tenant_id = $1 and id < $2 and id >= $3 and direction = 'out' and not echo and status <> 'pending'
         order by id desc limit ${mostSends})),
     judged as (
       select channel_id, recent, error_code,
              status = 'failed' and coalesce(data->>'refusal', '') not in ('opted_out', 'window', 'template', 'given_up') as failed
         from sent)
     select channel_id as "channelId", count(*) filter (where recent)::int as total,
            count(*) filter (where recent and failed)::int as failed,
            count(*) filter (where not recent)::int as "usualTotal",
            count(*) filter (where not recent and failed)::int as "usualFailed",
            mode() within group (order by error_code) filter (where recent and failed) as cause
       from judged group by 1 having count(*) filter (where recent) > 0`,
    [tx.tenantId, hourAgo, firstIdAt(now.getTime() - 14 * 24 * hourMs)],
    { prepare: true },
  );
  return rows.map(talliesOf);
}

/** Whether any message of the last hour failed, or that is known of before: reading the sends is worth it only then. */
export async function anySendFailed(tx: TenantTx, now: Date): Promise<boolean> {
  const [found] = await tx.raw.unsafe<{ failed: boolean }[]>(
    `select exists (select from messages where tenant_id = $1 and direction = 'out' and status = 'failed' and id >= $2) as failed`,
    [tx.tenantId, firstIdAt(now.getTime() - hourMs)],
    { prepare: true },
  );
  return found?.failed ?? false;
}

function talliesOf({ channelId, total, failed, usualTotal, usualFailed, cause }: Row): ChannelTallies {
  return { channelId, recent: { total, failed }, usual: { total: usualTotal, failed: usualFailed }, cause };
}
