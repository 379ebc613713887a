import { analyticsEvents } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { EventOutcome } from "./record-outcomes.ts";

/**
 * Writes down for the managers' figures what a batch took in: one row for all of its events of one channel
 * and outcome, in one statement. An event counts when it first comes to an end; a replay counts nothing twice.
 */
export async function noteTakenIn(ctx: Ctx, outcomes: readonly EventOutcome[], eachMs: number): Promise<void> {
  const fresh = outcomes.filter(({ row, status }) => !row.settledBefore && status !== "rejected");
  const alike = Map.groupBy(fresh, ({ row, status, reason }) =>
    [row.platform, row.channelId, status, reason].join(" "),
  );
  const rows = [...alike.values()].map((events) => {
    const { row, status, reason } = events[0]!;
    return {
      tenantId: ctx.tenantId,
      id: newId(),
      eventType: `webhooks.${status}`,
      eventData: {
        platform: row.platform,
        channelId: row.channelId,
        reason,
        count: events.length,
        ms: events.length * eachMs,
      },
      createdAt: ctx.clock.now(),
    };
  });
  if (rows.length > 0) await withTenant(ctx, (tx) => tx.insert(analyticsEvents).values(rows));
}
