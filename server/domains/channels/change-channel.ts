import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelChanged } from "./channel-changed.ts";
import type { ChannelRow } from "./find-channel.ts";
import { findChannel } from "./find-channel.ts";

/** Changes settings of a channel and leaves a trace of what is different, where anything is. Never for secrets. */
export async function changeChannel(
  ctx: Ctx,
  channelId: string,
  action: string,
  change: Partial<ChannelRow> | ((row: ChannelRow) => Partial<ChannelRow>),
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const row = await findChannel({ ...ctx, tx }, channelId);
    const wanted = Object.entries(typeof change === "function" ? change(row) : change);
    const different = wanted.filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(row[name as keyof ChannelRow]),
    );
    if (different.length === 0) return;
    const data = Object.fromEntries(different);
    await tx
      .update(channelConfigurations)
      .set({ ...data, updatedAt: ctx.clock.now() })
      .where(eq(channelConfigurations.id, channelId));
    // How far the set-up has come is nobody's decision.
    const { setupStep: _step, ...decided } = data;
    if (Object.keys(decided).length > 0) {
      await recordAudit({ ...ctx, tx }, { action, entityType: "channel", entityId: channelId, data: decided });
    }
    channelChanged(tx, row);
  });
}
