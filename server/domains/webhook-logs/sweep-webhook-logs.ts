import { appPool } from "#db/tenant.ts";
import type { Drain } from "./drain.ts";

const most = 1000;
/** Younger rows are on their way through the process that stored them. */
const settledAfterMs = 2_000;

/** Finds what a crash left behind and what waits for another try, in every tenant, and hands it to the drain. */
export async function sweepWebhookLogs(drain: Drain, now: Date): Promise<number> {
  const olderThan = new Date(now.getTime() - settledAfterMs);
  const due = await appPool()<{ tenant_id: string; id: string }[]>`
    select tenant_id, id from door.due('webhook_logs', ${most}, ${olderThan.toISOString()}::timestamptz)`;
  const found = due.filter((row) => !drain.holds(row.id));
  const byTenant = Map.groupBy(found, (row) => row.tenant_id);
  for (const [tenantId, rows] of byTenant)
    drain.add(
      tenantId,
      rows.map((row) => row.id),
    );
  return found.length;
}
