import { appPool } from "#db/tenant.ts";

const day = 86_400_000;
/** Raw bodies are kept for this long; events as long as the tenant that keeps them longest wants. */
const deliveryDays = 14;

/** Makes the day partitions of both logs, UTC, where they are missing. */
export async function makePartitions(from: Date, days: number): Promise<void> {
  await appPool()`select door.make_log_partitions(${dateOf(from)}::date, ${days}::integer)`;
}

/** Makes the days ahead and drops those that nobody keeps any more. */
export async function maintainPartitions(now: Date): Promise<void> {
  await makePartitions(new Date(now.getTime() - day), 8);
  const [kept] = await appPool()<{ days: number | null }[]>`
    select max(log_retention_days) as days from door.tenants_for_maintenance()`;
  const logDays = Math.max(kept?.days ?? 60, deliveryDays);
  await appPool()`select door.drop_log_partitions('webhook_deliveries', ${dateOf(new Date(now.getTime() - deliveryDays * day))}::date)`;
  await appPool()`select door.drop_log_partitions('webhook_logs', ${dateOf(new Date(now.getTime() - logDays * day))}::date)`;
}

function dateOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}
