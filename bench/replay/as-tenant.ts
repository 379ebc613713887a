import type { Sql, TransactionSql } from "postgres";

/** Runs with one tenant's rows in sight: row-level security binds the owner as well. */
export function asTenant<T>(
  owner: Sql,
  { tenantId }: { tenantId: string },
  run: (tx: TransactionSql) => Promise<T>,
): Promise<T> {
  return owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
    return run(tx);
  }) as Promise<T>;
}

/** Waits until nothing of the tenant that was stored waits to be worked. */
export async function settled(owner: Sql, tenant: { tenantId: string }): Promise<void> {
  const waiting = () =>
    asTenant(owner, tenant, (tx) => tx`select from webhook_logs where status in ('received', 'retrying') limit 1`);
  while ((await waiting()).length > 0) await new Promise((done) => setTimeout(done, 100));
}
