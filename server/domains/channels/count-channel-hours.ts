import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

const hour = 3_600_000;
/** What a rhythm is learned from; older hours are forgotten. */
const keptMs = 35 * 24 * hour;
/** Hours before the last known one are counted again: a quarter of them may have come to be known late. */
const againMs = 2 * hour;

/**
 * Sums the counted quarters of the log by channel and hour: what was verified and meant something. Events
 * that were refused or passed over, our own tests among them, are no sign of customers.
 */
export async function countChannelHours(ctx: Ctx): Promise<void> {
  const now = ctx.clock.now().getTime();
  await withTenant(ctx, async (tx) => {
    const [known] = await tx.raw.unsafe<{ hour: Date | null }[]>(
      "select max(hour) as hour from channel_hours where tenant_id = $1",
      [ctx.tenantId],
      { prepare: true },
    );
    const oldest = new Date(now - keptMs);
    const from = known?.hour ? new Date(known.hour.getTime() - againMs) : oldest;
    await tx.raw.unsafe(
      `insert into channel_hours (tenant_id, channel_id, hour, events)
       select $1, volume.channel_id, date_trunc('hour', volume.at), sum(volume.events)
         from webhook_log_volumes volume
         join channel_configurations channel on channel.tenant_id = $1 and channel.id = volume.channel_id
        where volume.tenant_id = $1 and volume.grain = 'quarter' and volume.at >= date_trunc('hour', $2::timestamptz)
          and volume.status not in ('ignored', 'rejected')
        group by 2, 3
       on conflict (tenant_id, channel_id, hour) do update set events = excluded.events
        where channel_hours.events <> excluded.events`,
      [ctx.tenantId, from > oldest ? from : oldest] as never[],
      { prepare: true },
    );
    // Five weeks before the last one: a channel that fell silent keeps the habit it is measured by.
    await tx.raw.unsafe(
      `delete from channel_hours old
        using (select channel_id, max(hour) as hour from channel_hours where tenant_id = $1 group by 1) latest
        where old.tenant_id = $1 and old.channel_id = latest.channel_id
          and old.hour < latest.hour - make_interval(secs => $2)`,
      [ctx.tenantId, keptMs / 1000],
      { prepare: true },
    );
  });
}
