import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";

export type ChannelRow = typeof channelConfigurations.$inferSelect;

/** The channel's row, sealed values included. `not_found` when the tenant has no such channel. */
export async function findChannel(ctx: Ctx, channelId: string): Promise<ChannelRow> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.select().from(channelConfigurations).where(eq(channelConfigurations.id, channelId)),
  );
  if (!row) throw notFound();
  return row;
}
