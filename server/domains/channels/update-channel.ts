import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelChanged } from "./channel-changed.ts";
import { findChannel } from "./find-channel.ts";
import type { UpdateChannelInput } from "./schemas.ts";
import { setupSteps } from "./schemas.ts";

/** Changes a channel's name, ticket rule, observe mode, or how far its set-up has come (never backwards). */
export async function updateChannel(ctx: Ctx, { channelId, ...wanted }: UpdateChannelInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const row = await findChannel({ ...ctx, tx }, channelId);
    const { setupStep, ...settings } = wanted;
    const changes = Object.fromEntries(
      Object.entries(settings).filter(
        ([name, value]) => value !== undefined && value !== row[name as keyof typeof settings],
      ),
    );
    const further = setupStep && row.configured && orderOf(setupStep) > orderOf(row.setupStep);
    if (Object.keys(changes).length === 0 && !further) return;
    await tx
      .update(channelConfigurations)
      .set({ ...changes, ...(further ? { setupStep } : {}), updatedAt: ctx.clock.now() })
      .where(eq(channelConfigurations.id, channelId));
    if (Object.keys(changes).length > 0) {
      await recordAudit(
        { ...ctx, tx },
        { action: "channel.update", entityType: "channel", entityId: channelId, data: changes },
      );
    }
    channelChanged(tx, row);
  });
}

function orderOf(step: string): number {
  return (setupSteps as readonly string[]).indexOf(step);
}
