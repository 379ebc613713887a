import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { connectionQueue } from "./queues.ts";

/** A channel's credentials were refused: the platform is asked whether the connection behind them still stands. */
export async function doubtConnection(ctx: Ctx, { channelId }: { channelId: string }): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [channel] = await tx
      .select({ connectionId: channelConfigurations.connectionId })
      .from(channelConfigurations)
      .where(eq(channelConfigurations.id, channelId));
    if (!channel?.connectionId) return;
    const { connectionId } = channel;
    await enqueue({ ...ctx, tx }, connectionQueue, { tenantId: ctx.tenantId, connectionId });
  });
}
