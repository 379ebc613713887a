import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { resolveAlerts } from "#server/domains/alerts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelChanged } from "./channel-changed.ts";
import { findChannel } from "./find-channel.ts";
import type { EnableChannelInput } from "./schemas.ts";

/** Pauses a channel or takes it up again. Paused, it sends nothing; what comes in is still logged. */
export async function enableChannel(ctx: Ctx, { channelId, enabled }: EnableChannelInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const row = await findChannel({ ...ctx, tx }, channelId);
    if (row.enabled === enabled) return;
    if (enabled && !row.configured) throw new DomainError("not_configured");
    await tx
      .update(channelConfigurations)
      .set({ enabled, webhookStatus: enabled ? "active" : "inactive", updatedAt: ctx.clock.now() })
      .where(eq(channelConfigurations.id, channelId));
    // Nobody misses what a paused channel does not bring; taken up again, it is watched anew.
    await resolveAlerts(
      { ...ctx, tx },
      { kinds: ["channel_silent", "events_failing", "sends_failing"], channelIds: [channelId], silently: true },
    );
    await recordAudit(
      { ...ctx, tx },
      { action: enabled ? "channel.enable" : "channel.pause", entityType: "channel", entityId: channelId },
    );
    channelChanged(tx, row);
  });
}
