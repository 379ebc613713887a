import { appPool } from "#db/tenant.ts";

/** Where pg-boss puts a copy of each job that failed at its last try. Nobody works on it: it is looked at, and kept for two weeks. */
export const deadLetterQueue = "dead-letters";

const dayMs = 86_400_000;

/** How many jobs of each tenant ended dead within the last day. Sweeps do the work of most of them anew by then. */
export async function deadJobsByTenant(now: Date): Promise<Map<string, number>> {
  const since = new Date(now.getTime() - dayMs).toISOString();
  const rows = await appPool()<{ tenant: string | null; dead: number }[]>`
    select data->>'tenantId' as tenant, count(*)::int as dead from pgboss.job
     where name = ${deadLetterQueue} and state = 'created' and created_on > ${since}::timestamptz
     group by 1`;
  return new Map(rows.flatMap(({ tenant, dead }) => (tenant ? [[tenant, dead] as const] : [])));
}
