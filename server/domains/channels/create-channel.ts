import { channelConfigurations, channelRoutingKeys, type channelTypes } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { digest } from "#server/core/crypto.ts";
import { newId, newToken } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelChanged } from "./channel-changed.ts";
import { sealFor } from "./channel-seal.ts";

export interface NewChannel {
  provider: string;
  channelType: (typeof channelTypes)[number];
  name: string;
  simulated?: boolean;
  /** Wrong signatures are explained instead of refused, until somebody enforces them. */
  observeMode?: boolean;
}

/**
 * Begins a channel: its own webhook address and verify token exist from here on, so that guided set-up
 * can be left and picked up. The address's opaque part is sealed; its SHA-256 routes.
 */
export async function createChannel(ctx: Ctx, input: NewChannel): Promise<{ channelId: string }> {
  const { tenantId } = ctx;
  const channel = { tenantId, id: newId() };
  const webhookKey = newToken();
  await withTenant(ctx, async (tx) => {
    await tx.insert(channelConfigurations).values({
      ...channel,
      provider: input.provider,
      channelType: input.channelType,
      name: input.name,
      simulated: input.simulated ?? false,
      observeMode: input.observeMode ?? false,
      webhookKey: sealFor(channel, webhookKey),
      verifyToken: sealFor(channel, newToken(18)),
    });
    await tx.insert(channelRoutingKeys).values({ tenantId, key: `hook:${digest(webhookKey)}`, channelId: channel.id });
    await recordAudit(
      { ...ctx, tx },
      {
        action: "channel.create",
        entityType: "channel",
        entityId: channel.id,
        data: { provider: input.provider, name: input.name },
      },
    );
    channelChanged(tx, channel);
  });
  return { channelId: channel.id };
}
