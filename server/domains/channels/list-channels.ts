import { asc } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ChannelSummary } from "./channel-summary.ts";
import { summaryOf } from "./channel-summary.ts";

/** Every channel of the tenant with its health, oldest first. */
export async function listChannels(ctx: Ctx): Promise<ChannelSummary[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.select().from(channelConfigurations).orderBy(asc(channelConfigurations.id)),
  );
  return rows.map((row) => summaryOf(row, ctx.clock.now()));
}
