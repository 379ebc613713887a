import { and, eq, inArray, isNull, lt, or, sql } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { openAlert, resolveAlerts } from "#server/domains/alerts/index.ts";
import { isOfMailbox } from "./channel-health.ts";
import type { ChannelErrorReason } from "./schemas.ts";
import { reasonsForTheAdmin } from "./schemas.ts";

export interface ChannelHealthSign {
  channelId: string;
  /** Something verified came in, or something was accepted by the provider. */
  inboundAt?: Date;
  /** It meant something: neither a test of ours nor an event to be passed over. */
  spoke?: boolean;
  outboundAt?: Date;
  error?: { reason: ChannelErrorReason; detail?: string | null };
}

export interface ChannelRecovery {
  channelId: string;
  /** What was wrong, if it was one of these, is so no longer. */
  reasons: readonly ChannelErrorReason[];
}

/** Nothing comes in or goes out until the admin acts. A wrong signature is no such thing: it may be anybody's. */
const failsForGood = new Set<ChannelErrorReason>([
  "account_restricted",
  "credentials_refused",
  "mailbox_login_refused",
  "host_not_found",
  "host_private",
  "certificate_expired",
  "certificate_untrusted",
  "certificate_name",
  "folder_missing",
  "mailbox_full",
  "smtp_login_refused",
  "smtp_host_not_found",
  "smtp_host_private",
  "smtp_certificate",
]);

/** Busy channels are written at most this often for what works; errors are always written. */
const freshFor = 15_000;

/** Notes that a channel received, sent or failed. Cheap enough to be called for every batch. */
export async function recordChannelHealth(ctx: Ctx, sign: ChannelHealthSign): Promise<void> {
  const { channelId, inboundAt, outboundAt, error } = sign;
  const { id, lastWebhookAt, lastOutboundAt, lastErrorAt } = channelConfigurations;
  await withTenant(ctx, async (tx) => {
    const stale = [
      ...(inboundAt
        ? [isNull(lastWebhookAt), lt(lastWebhookAt, before(inboundAt)), lt(lastWebhookAt, lastErrorAt)]
        : []),
      ...(outboundAt
        ? [isNull(lastOutboundAt), lt(lastOutboundAt, before(outboundAt)), lt(lastOutboundAt, lastErrorAt)]
        : []),
    ];
    if (!error && stale.length === 0) return;
    const written = await tx
      .update(channelConfigurations)
      .set({
        ...(inboundAt
          ? { lastWebhookAt: sql`greatest(${lastWebhookAt}, ${inboundAt.toISOString()}::timestamptz)` }
          : {}),
        ...(outboundAt
          ? { lastOutboundAt: sql`greatest(${lastOutboundAt}, ${outboundAt.toISOString()}::timestamptz)` }
          : {}),
        ...(error
          ? {
              lastErrorAt: ctx.clock.now(),
              lastErrorReason: error.reason,
              lastErrorDetail: error.detail?.slice(0, 500) ?? null,
              ...(reasonsForTheAdmin.has(error.reason) ? { webhookStatus: "error" as const } : {}),
            }
          : { webhookStatus: sql`case when ${channelConfigurations.enabled} then 'active' else 'inactive' end` }),
      })
      .where(and(eq(id, channelId), error ? undefined : or(...stale)))
      .returning({ id, reason: channelConfigurations.lastErrorReason });
    const [channel] = written;
    if (!channel) return;
    await tellAdmins({ ...ctx, tx }, sign, channel.reason);
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [channelId]));
  });
}

/** What failed is seen to work again: for what neither a message in nor one out would show. */
export async function recordChannelRecovery(ctx: Ctx, { channelId, reasons }: ChannelRecovery): Promise<void> {
  const { id, lastErrorReason, enabled } = channelConfigurations;
  await withTenant(ctx, async (tx) => {
    const written = await tx
      .update(channelConfigurations)
      .set({
        lastErrorAt: null,
        lastErrorReason: null,
        lastErrorDetail: null,
        webhookStatus: sql`case when ${enabled} then 'active' else 'inactive' end`,
      })
      .where(and(eq(id, channelId), inArray(lastErrorReason, [...reasons])))
      .returning({ id });
    if (written.length === 0) return;
    await resolveAlerts({ ...ctx, tx }, { kinds: ["channel_failing"], channelIds: [channelId] });
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [channelId]));
  });
}

/** What only the admin can mend is an alert until something works again. */
async function tellAdmins(ctx: Ctx, sign: ChannelHealthSign, reason: string | null): Promise<void> {
  const { channelId, spoke, outboundAt, error } = sign;
  if (error && failsForGood.has(error.reason)) {
    const data = { reason: error.reason, detail: error.detail?.slice(0, 500) ?? null };
    await openAlert(ctx, { kind: "channel_failing", channelId, severity: "critical", data });
  }
  if (error) return;
  const sends = outboundAt && !isOfMailbox(reason);
  const over = [...(spoke ? ["channel_silent" as const] : []), ...(sends ? ["channel_failing" as const] : [])];
  await resolveAlerts(ctx, { kinds: over, channelIds: [channelId] });
}

function before(instant: Date): Date {
  return new Date(instant.getTime() - freshFor);
}
