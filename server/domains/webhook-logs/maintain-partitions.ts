import { appPool } from "#db/tenant.ts";
import { keptFrom, postDays } from "#server/domains/log-retention/index.ts";

const day = 86_400_000;

/** Makes the day partitions of both logs, UTC, where they are missing. */
export async function makePartitions(from: Date, days: number): Promise<void> {
  await appPool()`select door.make_log_partitions(${dateOf(from)}::date, ${days}::integer)`;
}

/** Makes the days ahead and drops those that nobody keeps any more; posts are kept for two weeks at most. */
export async function maintainPartitions(now: Date): Promise<void> {
  await makePartitions(new Date(now.getTime() - day), 8);
  const [kept] = await appPool()<{ days: number | null }[]>`
    select max(log_retention_days) as days from door.tenants_for_maintenance()`;
  const days = kept?.days ?? 60;
  await drop("webhook_deliveries", keptFrom(now, Math.min(days, postDays)));
  await drop("webhook_logs", keptFrom(now, days));
}

async function drop(parent: "webhook_logs" | "webhook_deliveries", before: Date): Promise<void> {
  await appPool()`select door.drop_log_partitions(${parent}, ${dateOf(before)}::date)`;
}

function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
