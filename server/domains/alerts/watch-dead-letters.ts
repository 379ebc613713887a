import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { firstIdAt } from "#server/core/ids.ts";
import { openAlert } from "./open-alert.ts";
import { resolveAlerts } from "./resolve-alerts.ts";

const dayMs = 86_400_000;
/** Events and messages older than this are nobody's business any more: the log and the thread still show them. */
const watchedMs = 7 * dayMs;
/** Counted up to here: beyond, the number says no more. */
const cap = 1_000;

/**
 * What Guichet gave up on: events that failed at every try, messages that a provider would not take at any,
 * and jobs that ended dead. One alert for them all, until they were replayed, sent or are out of sight.
 */
export async function watchDeadLetters(ctx: Ctx, deadJobs: number): Promise<void> {
  const now = ctx.clock.now().getTime();
  await withTenant(ctx, async (tx) => {
    const [found] = await tx.raw.unsafe<{ events: number; messages: number }[]>(
      `select (select count(*)::int from (
                 select 1 from webhook_logs where tenant_id = $1 and status = 'failed' and id >= $2 limit ${cap}) e) as events,
              (select count(*)::int from (
                 select 1 from messages where tenant_id = $1 and direction = 'out' and status = 'failed' and id >= $2
                    and data->>'refusal' in ('retry', 'slow', 'channel') limit ${cap}) m) as messages`,
      [ctx.tenantId, firstIdAt(now - watchedMs)],
      { prepare: true },
    );
    const { events = 0, messages = 0 } = found ?? {};
    const inner = { ...ctx, tx };
    if (events + messages + deadJobs === 0)
      return resolveAlerts(inner, { kinds: ["dead_letters"], channelIds: [null] });
    const data = { events, messages, jobs: deadJobs };
    return openAlert(inner, { kind: "dead_letters", channelId: null, severity: "warning", data });
  });
}
