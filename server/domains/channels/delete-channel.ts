import { eq } from "drizzle-orm";
import { callLogs } from "#db/schema/calls.ts";
import { channelConfigurations, channelRoutingKeys } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { resolveAlerts } from "#server/domains/alerts/index.ts";
import { alertKinds } from "#server/domains/alerts/schemas.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { channelChanged } from "./channel-changed.ts";
import { findChannel } from "./find-channel.ts";
import type { ChannelRef } from "./schemas.ts";

/**
 * Deletes a channel that never had a conversation or a call: `conflict` otherwise. One that had keeps its history: it can be
 * paused.
 */
export async function deleteChannel(ctx: Ctx, { channelId }: ChannelRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    // One at a time: keys are not passed on to a channel that goes at the same moment.
    await tx.raw.unsafe("select pg_advisory_xact_lock(hashtextextended('channel.delete ' || $1::text, 0))", [
      ctx.tenantId,
    ]);
    const row = await findChannel({ ...ctx, tx }, channelId);
    await refuseUsed(tx, channelId);
    await tx.delete(channelConfigurations).where(eq(channelConfigurations.id, channelId));
    await passOnSharedKeys(tx, row.tenantId);
    await resolveAlerts({ ...ctx, tx }, { kinds: alertKinds, channelIds: [channelId], silently: true });
    await recordAudit(
      { ...ctx, tx },
      { action: "channel.delete", entityType: "channel", entityId: channelId, data: { name: row.name } },
    );
    channelChanged(tx, row);
  });
}

async function refuseUsed(tx: TenantTx, channelId: string): Promise<void> {
  // Held until the end: whatever begins on it meanwhile waits, and finds no channel.
  await tx
    .select({ id: channelConfigurations.id })
    .from(channelConfigurations)
    .where(eq(channelConfigurations.id, channelId))
    .for("update");
  const [conversation] = await tx
    .select({ id: conversations.id })
    .from(conversations)
    .where(eq(conversations.channelId, channelId))
    .limit(1);
  if (conversation) throw new DomainError("conflict", "channel_has_conversations");
  const [call] = await tx.select({ id: callLogs.id }).from(callLogs).where(eq(callLogs.channelId, channelId)).limit(1);
  if (call) throw new DomainError("conflict", "channel_has_calls");
}

/** Keys that the deleted channel held for its siblings too (a shared business account) go to one of them. */
async function passOnSharedKeys(tx: TenantTx, tenantId: string): Promise<void> {
  const siblings = await tx
    .select({ id: channelConfigurations.id, metadata: channelConfigurations.webhookMetadata })
    .from(channelConfigurations);
  const wanted = siblings.flatMap(({ id, metadata }) => {
    const keys = Array.isArray(metadata.routingKeys) ? metadata.routingKeys : [];
    return keys.filter((key) => typeof key === "string").map((key) => ({ tenantId, key, channelId: id }));
  });
  if (wanted.length > 0) await tx.insert(channelRoutingKeys).values(wanted).onConflictDoNothing();
}
