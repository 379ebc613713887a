import { and, eq, inArray, lt } from "drizzle-orm";
import { channelConfigurations, channelHours } from "#db/schema/channels.ts";
import { tenants } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { Temporal } from "temporal-polyfill";
import type { Ctx } from "#server/core/context.ts";
import { listAlerts, openAlert, resolveAlerts } from "#server/domains/alerts/index.ts";
import type { CheckLine } from "#server/providers/contract.ts";
import { channelChanged } from "./channel-changed.ts";
import type { ChannelRow } from "./find-channel.ts";
import { recentRejections } from "./recent-rejections.ts";
import type { Silence } from "./rhythm.ts";
import { findSilence, weekHours } from "./rhythm.ts";
import { causeOfSilence } from "./silence-cause.ts";

/** Asks the provider of a channel what its test checklist would. */
export type AskProvider = (channel: ChannelRow) => Promise<CheckLine[]>;

const hour = 3_600_000;
/** A shorter pause is never looked at. */
const leastPauseMs = 2 * hour;

/**
 * Opens an alert for every channel of the tenant whose traffic stopped against its own rhythm, with its
 * likely cause; closes those of channels that are silent no more. The provider is asked once, as the
 * silence is found, and never while a transaction is open.
 */
export async function watchSilence(ctx: Ctx, ask: AskProvider): Promise<void> {
  const { silent, over } = await findSilentChannels(ctx);
  await resolveAlerts(ctx, { kinds: ["channel_silent"], channelIds: over });
  for (const { channel, silence } of silent) {
    const rejectedAt = (await withTenant(ctx, (tx) => recentRejections(tx, ctx.clock.now()))).get(channel.id);
    const cause = await causeOfSilence(channel, { rejectedAt, now: ctx.clock.now(), ask });
    await withTenant(ctx, async (tx) => {
      const data = { since: silence.since.toISOString(), cause };
      await openAlert({ ...ctx, tx }, { kind: "channel_silent", channelId: channel.id, severity: "warning", data });
      channelChanged(tx, channel);
    });
  }
}

interface Found {
  /** Those that nobody was told of yet. */
  silent: { channel: ChannelRow; silence: Silence }[];
  /** Channels whose alert has no ground any more. */
  over: string[];
}

async function findSilentChannels(ctx: Ctx): Promise<Found> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    const told = (await listAlerts({ ...ctx, tx }))
      .filter(({ kind }) => kind === "channel_silent")
      .flatMap(({ channelId }) => channelId ?? []);
    const quiet = await findQuietChannels(tx, now);
    if (quiet.length === 0) return { silent: [], over: [] };
    const busy = await busyHours(
      tx,
      quiet.map(({ id }) => id),
    );
    const [tenant] = await tx.select({ timezone: tenants.timezone }).from(tenants).where(eq(tenants.id, ctx.tenantId));
    const zone = tenant?.timezone ?? "UTC";
    const slotOf = weekHours(zone);
    const judged = quiet.map((channel) => {
      const isClosed = closedDays(channel, zone);
      const rhythm = { busy: busy.get(channel.id) ?? [], slotOf, isClosed };
      return { channel, silence: findSilence(rhythm, now) };
    });
    return {
      silent: judged.flatMap(({ channel, silence }) =>
        silence && !told.includes(channel.id) ? [{ channel, silence }] : [],
      ),
      over: judged.flatMap(({ channel, silence }) => (silence ? [] : channel.id)).filter((id) => told.includes(id)),
    };
  });
}

/** Channels in service from which nothing came for a while. */
async function findQuietChannels(tx: TenantTx, now: Date): Promise<ChannelRow[]> {
  const { enabled, configured, lastWebhookAt } = channelConfigurations;
  return tx
    .select()
    .from(channelConfigurations)
    .where(and(eq(enabled, true), eq(configured, true), lt(lastWebhookAt, new Date(now.getTime() - leastPauseMs))));
}

async function busyHours(tx: TenantTx, channelIds: string[]): Promise<Map<string, Date[]>> {
  const rows = await tx
    .select({ channelId: channelHours.channelId, hour: channelHours.hour })
    .from(channelHours)
    .where(inArray(channelHours.channelId, channelIds))
    .orderBy(channelHours.channelId, channelHours.hour);
  const grouped = Map.groupBy(rows, (row) => row.channelId);
  return new Map([...grouped].map(([channelId, found]) => [channelId, found.map((row) => row.hour)]));
}

/** Whether an instant falls on a day that the channel's hours name as closed. */
function closedDays({ businessHours }: ChannelRow, zone: string): (instant: Date) => boolean {
  const closed = new Set(businessHours?.closed);
  if (closed.size === 0) return () => false;
  return (instant) =>
    closed.has(
      Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone).toPlainDate().toString(),
    );
}
