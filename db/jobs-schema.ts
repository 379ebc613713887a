import { createHash } from "node:crypto";
import { getConstructionPlans, PgBoss } from "pg-boss";
import type { Sql } from "postgres";

/** Installs or updates pg-boss's own schema as the owner, and lets `guichet_app` use it. Once per version of it. */
export async function installJobs(sql: Sql, ownerUrl: string): Promise<void> {
  const sha256 = createHash("sha256").update(getConstructionPlans("pgboss")).digest("hex");
  const [known] = await sql<{ current: boolean }[]>`
    select sha256 = ${sha256} and to_regclass('pgboss.version') is not null as current
      from guichet.repeatables where name = 'pgboss'`;
  if (known?.current) return;
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
  await sql.begin(async (tx) => {
    await tx
      .unsafe(`
      grant usage on schema pgboss to guichet_app;
      grant select, insert, update, delete on all tables in schema pgboss to guichet_app;
      grant usage on all sequences in schema pgboss to guichet_app;
      grant execute on all functions in schema pgboss to guichet_app;
    `)
      .simple();
    await tx`
      insert into guichet.repeatables (name, sha256) values ('pgboss', ${sha256})
      on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`;
  });
}
