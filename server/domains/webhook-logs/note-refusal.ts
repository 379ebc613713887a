import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { keepVerification, recordChannelHealth } from "#server/domains/channels/index.ts";

export interface Refusal {
  channelId: string;
  reason: "signature_mismatch" | "missing_signature";
}

/** Genuine posts within this long speak louder than refused ones. */
const trustMs = 10 * 60_000;

/**
 * Tells a channel's health that its posts are refused: its secret is probably wrong. Not while genuine
 * ones come: anybody can send a bad post to a good channel.
 */
export async function noteRefusal(ctx: Ctx, { channelId, reason }: Refusal): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { id, lastWebhookAt } = channelConfigurations;
    const [channel] = await tx.select({ lastWebhookAt }).from(channelConfigurations).where(eq(id, channelId));
    if (!channel) return;
    if (ctx.clock.now().getTime() - (channel.lastWebhookAt?.getTime() ?? 0) < trustMs) return;
    await recordChannelHealth({ ...ctx, tx }, { channelId, error: { reason } });
  });
}

/** Tells the channel's page that the provider asked whether the address is ours, and what it was told. */
export async function noteVerification(ctx: Ctx, asked: { channelId: string; accepted: boolean }): Promise<void> {
  await keepVerification(ctx, asked);
}
