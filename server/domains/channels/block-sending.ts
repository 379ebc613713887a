import { eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { openAlert, resolveAlerts } from "#server/domains/alerts/index.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { channelChanged } from "./channel-changed.ts";
import { isOfMailbox } from "./channel-health.ts";
import { findChannel } from "./find-channel.ts";
import { releaseQueue } from "./queues.ts";
import type { ChannelRef } from "./schemas.ts";

export interface SendingBlock extends ChannelRef {
  reason: "credentials_refused" | "account_restricted" | "connection_lost" | "smtp_login_refused";
  /** The provider's own words. */
  detail: string;
}

/**
 * The provider refused the channel's credentials or account for certain: nothing more is sent through
 * it until the admin acts. What waits stays pending, what comes in still does.
 */
export async function blockSending(ctx: Ctx, { channelId, reason, detail }: SendingBlock): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now();
    const [blocked] = await tx
      .update(channelConfigurations)
      .set({
        sendingBlocked: reason,
        lastErrorAt: now,
        lastErrorReason: reason,
        lastErrorDetail: detail.slice(0, 500),
        webhookStatus: "error",
      })
      .where(eq(channelConfigurations.id, channelId))
      .returning({ tenantId: channelConfigurations.tenantId, id: channelConfigurations.id });
    if (!blocked) return;
    const data = { reason, detail: detail.slice(0, 500) };
    await openAlert({ ...ctx, tx }, { kind: "channel_failing", channelId, severity: "critical", data });
    channelChanged(tx, blocked);
  });
}

/** Lets a blocked channel send again and what waited go out. Says nothing of one that was not blocked. */
export async function allowSending(ctx: Ctx, { channelId }: ChannelRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const row = await findChannel(inner, channelId);
    // A mailbox that cannot be read still cannot be.
    const reads = !isOfMailbox(row.lastErrorReason);
    if (reads) await resolveAlerts(inner, { kinds: ["channel_failing"], channelIds: [channelId] });
    if (!row.sendingBlocked) return;
    await tx
      .update(channelConfigurations)
      .set({
        sendingBlocked: null,
        ...(reads ? { lastErrorAt: null, lastErrorReason: null, lastErrorDetail: null } : {}),
      })
      .where(eq(channelConfigurations.id, channelId));
    await enqueue(inner, releaseQueue, { tenantId: ctx.tenantId, channelId });
    channelChanged(tx, row);
  });
}

/** The admin says that the account is in order again: sending is tried once more with the same credentials. */
export async function resumeSending(ctx: Ctx, { channelId }: ChannelRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await allowSending(inner, { channelId });
    await recordAudit(inner, { action: "channel.resume_sending", entityType: "channel", entityId: channelId });
  });
}
