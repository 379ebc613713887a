import { and, eq } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Alert } from "#server/domains/alerts/index.ts";
import { listAlerts, openAlert, resolveAlerts } from "#server/domains/alerts/index.ts";
import type { ChannelTallies } from "./count-failures.ts";
import { anySendFailed, countFailedEvents, countFailedSends } from "./count-failures.ts";
import type { Tally } from "./failure-share.ts";
import { isFailing, isOver } from "./failure-share.ts";

const dayMs = 86_400_000;
/** From this share on, hardly anything works. */
const criticalShare = 0.5;
type Kind = "events_failing" | "sends_failing";

/**
 * Opens an alert for every channel in service of which more fails than usual, what comes in and what goes
 * out apart, and closes those that have no ground any more. Two statements a tenant, whatever its channels.
 */
export async function watchFailures(ctx: Ctx): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const open = await listAlerts(inner);
    const inService = await channelsInService(tx);
    await judge(inner, "events_failing", await countFailedEvents(tx), open, inService);
    const mindsSends = open.some(({ kind }) => kind === "sends_failing") || (await anySendFailed(tx, ctx.clock.now()));
    if (mindsSends) {
      await judge(inner, "sends_failing", await countFailedSends(tx, ctx.clock.now()), open, inService);
    }
  });
}

async function channelsInService(tx: TenantTx): Promise<Set<string>> {
  const { id, enabled, configured } = channelConfigurations;
  const rows = await tx
    .select({ id })
    .from(channelConfigurations)
    .where(and(eq(enabled, true), eq(configured, true)));
  return new Set(rows.map((row) => row.id));
}

async function judge(
  ctx: Ctx,
  kind: Kind,
  tallies: readonly ChannelTallies[],
  alerts: readonly Alert[],
  inService: ReadonlySet<string>,
): Promise<void> {
  const open = new Map(
    alerts.flatMap((alert) => (alert.kind === kind && alert.channelId ? [[alert.channelId, alert] as const] : [])),
  );
  const judged = tallies.map((one) => ({ ...one, usual: measureOf(open.get(one.channelId)) ?? one.usual }));
  const failing = judged.filter(({ channelId, recent, usual }) => inService.has(channelId) && isFailing(recent, usual));
  for (const { channelId, recent, usual, cause } of failing) {
    const severity = recent.failed >= criticalShare * recent.total ? "critical" : "warning";
    const data = { ...recent, cause, usual: usual.total > 0 ? usual.failed / usual.total : 0, measure: usual };
    await openAlert(ctx, { kind, channelId, severity, data });
  }
  const tallyOf = new Map(judged.map((one) => [one.channelId, one]));
  const over = [...open].filter(([channelId, { lastSeenAt }]) => {
    if (!inService.has(channelId)) return true;
    const tally = tallyOf.get(channelId);
    // Nothing came or went since: after a day nobody can say that it still fails.
    return tally ? isOver(tally.recent, tally.usual) : ctx.clock.now().getTime() - lastSeenAt.getTime() > dayMs;
  });
  await resolveAlerts(ctx, { kinds: [kind], channelIds: over.map(([channelId]) => channelId) });
}

/** What was usual before an alert began stays its measure: a channel does not get used to failing. */
function measureOf(alert: Alert | undefined): Tally | undefined {
  return alert?.data["measure"] as Tally | undefined;
}
