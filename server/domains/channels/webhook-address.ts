import { publicOrigin } from "#server/core/config.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { openFor } from "./channel-seal.ts";
import type { ChannelRow } from "./find-channel.ts";
import { findChannel } from "./find-channel.ts";
import type { LastVerification } from "./last-verification.ts";
import { lastVerificationOf } from "./last-verification.ts";
import type { ChannelRef } from "./schemas.ts";

/** The channel's own webhook address. Its last part is opaque: whoever knows it can post, not forge. */
export function webhookUrlOf(channel: ChannelRow): string {
  const base = `${publicOrigin()}/webhooks/${channel.provider}`;
  return channel.webhookKey ? `${base}/${openFor(channel, channel.webhookKey)}` : base;
}

export interface WebhookAddress {
  /** Where the provider is to post this channel's events. */
  webhookUrl: string;
  /** The address that all channels of the provider share, for one app with several numbers. */
  sharedUrl: string;
  events: string[];
  /** Null where the provider has not asked yet, or never asks. */
  verification: LastVerification | null;
}

/** What an admin copies into the provider's console. */
export async function webhookAddress(ctx: Ctx, { channelId }: ChannelRef): Promise<WebhookAddress> {
  const row = await findChannel(ctx, channelId);
  return {
    webhookUrl: webhookUrlOf(row),
    sharedUrl: `${publicOrigin()}/webhooks/${row.provider}`,
    events: row.webhookEvents,
    verification: lastVerificationOf(row),
  };
}

/** The verify token in the clear, for the copy button. Asked for by a deliberate act, so it leaves a trace. */
export async function revealVerifyToken(ctx: Ctx, { channelId }: ChannelRef): Promise<{ verifyToken: string }> {
  const row = await findChannel(ctx, channelId);
  await recordAudit(ctx, { action: "channel.reveal_verify_token", entityType: "channel", entityId: channelId });
  return { verifyToken: row.verifyToken ? openFor(row, row.verifyToken) : "" };
}
