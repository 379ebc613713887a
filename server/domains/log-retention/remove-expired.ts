import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { removeOldRuns } from "#server/domains/automation/index.ts";
import { getLogRetention } from "./get-log-retention.ts";
import { countDays, keptFrom } from "./terms.ts";

/** What is removed row by row, through the door: guichet_app may not. */
const expiring = ["webhook_logs", "webhook_deliveries", "webhook_rejections", "analytics_events"] as const;

export interface RemovalOptions {
  /** Rows a transaction. */
  most?: number;
  /** Asked before each transaction: something to wait for, where others need the processors more. */
  yieldTo?: () => Promise<unknown> | undefined;
  signal?: AbortSignal;
}

/**
 * Removes what a tenant keeps no longer, one bounded transaction after the other: whatever stops it, the next
 * run goes on where it was. Answers how many events and posts went. Counts by day stay for good.
 */
export async function removeExpired(ctx: Ctx, options: RemovalOptions = {}): Promise<number> {
  const { most = 2_000, yieldTo = () => undefined, signal } = options;
  let removed = 0;
  for (const what of expiring) {
    let gone = most;
    while (gone >= most && !signal?.aborted) {
      await yieldTo();
      gone = await removeSome(ctx, what, most);
      removed += gone;
    }
  }
  await removeCounts(ctx);
  return removed;
}

function removeSome(ctx: Ctx, what: (typeof expiring)[number], most: number): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx.raw.unsafe<{ removed: number }[]>(
      "select door.remove_expired($1, $2) as removed",
      [what, most] as never[],
      { prepare: true },
    );
    return row?.removed ?? 0;
  });
}

/** What was counted by quarters of an hour, checks of the ledger, what rules did, and replays over events that are gone: their filters may name people. */
async function removeCounts(ctx: Ctx): Promise<void> {
  const before = keptFrom(ctx.clock.now(), countDays);
  const { from } = await getLogRetention(ctx);
  await removeOldRuns(ctx, from);
  await withTenant(ctx, async (tx) => {
    for (const [statement, bound] of [
      ["delete from webhook_log_volumes where tenant_id = $1 and grain = 'quarter' and at < $2", before],
      ["delete from webhook_ledger_checks where tenant_id = $1 and day < $2", before],
      ["delete from webhook_replays where tenant_id = $1 and status <> 'running' and stepped_at < $2", from],
    ] as const) {
      await tx.raw.unsafe(statement, [tx.tenantId, bound] as never[], { prepare: true });
    }
  });
}
