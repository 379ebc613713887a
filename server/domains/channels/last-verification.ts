import { eq, sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { ChannelRow } from "./find-channel.ts";

/** When the provider last asked whether the webhook address is ours, and whether it knew the verify token. */
export interface LastVerification {
  at: Date;
  accepted: boolean;
}

/** Keeps that the provider asked: the admin waits for it, in the provider's console. */
export async function keepVerification(
  ctx: Ctx,
  { channelId, accepted }: { channelId: string; accepted: boolean },
): Promise<void> {
  const kept = JSON.stringify({ lastVerification: { at: ctx.clock.now(), accepted } });
  const { id, webhookMetadata } = channelConfigurations;
  await withTenant(ctx, async (tx) => {
    await tx
      .update(channelConfigurations)
      .set({ webhookMetadata: sql`${webhookMetadata} || ${kept}::jsonb` })
      .where(eq(id, channelId));
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [channelId]));
  });
}

export function lastVerificationOf({ webhookMetadata }: Pick<ChannelRow, "webhookMetadata">): LastVerification | null {
  const kept = webhookMetadata.lastVerification as { at: string; accepted: boolean } | undefined;
  return kept ? { at: new Date(kept.at), accepted: kept.accepted } : null;
}
