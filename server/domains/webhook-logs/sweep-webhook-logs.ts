import { byTenant, findDue } from "#db/due.ts";
import type { Drain } from "./drain.ts";

const most = 1000;
/** Younger rows are on their way through the process that stored them. */
const settledAfterMs = 2_000;

/** Finds what a crash left behind and what waits for another try, in every tenant, and hands it to the drain. */
export async function sweepWebhookLogs(drain: Drain, now: Date): Promise<number> {
  const olderThan = new Date(now.getTime() - settledAfterMs);
  const due = await findDue("webhook_logs", most, olderThan);
  const found = due.filter((row) => !drain.holds(row.id));
  for (const [tenantId, ids] of byTenant(found)) drain.add(tenantId, ids);
  return found.length;
}
