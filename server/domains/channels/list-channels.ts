import { asc } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import type { ChannelSummary } from "./channel-summary.ts";
import { summaryOf, withRejection } from "./channel-summary.ts";
import { recentRejections } from "./recent-rejections.ts";

/** Every channel of the tenant with its health, oldest first. */
export async function listChannels(ctx: Ctx): Promise<ChannelSummary[]> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    const rows = await tx.select().from(channelConfigurations).orderBy(asc(channelConfigurations.id));
    const alerts = await listAlerts({ ...ctx, tx });
    const rejections = await recentRejections(tx, now);
    return rows.map((row) => summaryOf(withRejection(row, rejections.get(row.id)), now, alerts));
  });
}
