import { PgBoss } from "pg-boss";
import type { Sql } from "postgres";

/** Installs or updates pg-boss's own schema as the owner, and lets `guichet_app` use it. */
export async function installJobs(sql: Sql, ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: "pgboss",
    migrate: true,
    supervise: false,
    schedule: false,
    max: 1,
  });
  boss.on("error", () => undefined);
  await boss.start();
  await boss.stop({ graceful: false });
  await sql
    .unsafe(`
    grant usage on schema pgboss to guichet_app;
    grant select, insert, update, delete on all tables in schema pgboss to guichet_app;
    grant usage on all sequences in schema pgboss to guichet_app;
    grant execute on all functions in schema pgboss to guichet_app;
  `)
    .simple();
}
