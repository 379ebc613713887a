import type { Sql } from "postgres";

/** Events that are stored and not applied yet. */
export async function countWaiting(sql: Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int as count from webhook_logs where status in ('received', 'retrying')`;
  return row?.count ?? 0;
}
