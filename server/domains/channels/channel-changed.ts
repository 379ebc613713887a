import { announceChannelChange } from "#db/channel-notices.ts";
import { publish } from "#db/live.ts";
import type { TenantTx } from "#db/tenant.ts";

/** After the commit: open pages look again, and every process forgets what it cached of the channel's routing. */
export function channelChanged(tx: TenantTx, channel: { tenantId: string; id: string }): void {
  tx.afterCommit(() => {
    announceChannelChange();
    publish(channel.tenantId, "channels", [channel.id]);
  });
}
