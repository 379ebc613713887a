import type { Sql } from "postgres";
import postgres from "postgres";
import { installJobs } from "./jobs-schema.ts";
import { readJournal, readMigrations, refuseNewer, sqlFolder } from "./journal.ts";
import { applyRepeatables, changedRepeatables, runFile } from "./repeatable.ts";
import { ensureRoles } from "./roles.ts";

export interface MigrateOptions {
  /** A role that owns the database and may create roles; not through a transaction pooler. */
  ownerUrl: string;
  /** Its password is given to `guichet_app` where that role is made here. */
  appUrl?: string;
  /** Folder with `migrations/` and the repeatable files; `db` by default. */
  folder?: string;
  /** False leaves pg-boss's schema out. */
  jobs?: boolean;
}

export interface MigrateResult {
  applied: string[];
  repeated: boolean;
}

/** One key for every program that migrates a database: the second waits for the first. */
const migrationLock = 4_871_223;

/** Brings a database to what this code expects. Safe to run again and from several programs at once. */
export async function migrate(options: MigrateOptions): Promise<MigrateResult> {
  const folder = options.folder ?? sqlFolder();
  const sql = postgres(options.ownerUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql`select pg_advisory_lock(${migrationLock})`;
    const known = readMigrations(folder);
    const done = await readJournal(sql);
    refuseNewer(done, known);
    await ensureRoles(sql, options.appUrl ? decodeURIComponent(new URL(options.appUrl).password) : undefined);
    await makeJournal(sql);
    const applied: string[] = [];
    for (const migration of known.filter((one) => !done.includes(one.name))) {
      await sql.begin(async (tx) => {
        await runFile(tx, `db/migrations/${migration.name}/up.sql`, migration.up);
        await tx`insert into guichet.migrations (name) values (${migration.name})`;
      });
      applied.push(migration.name);
    }
    if (options.jobs !== false) await installJobs(sql, options.ownerUrl);
    const repeated = applied.length > 0 || (await changedRepeatables(sql, folder)).length > 0;
    if (repeated) await applyRepeatables(sql, folder);
    return { applied, repeated };
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** The journal, readable by the serving role so that readiness can tell whether it is current. */
async function makeJournal(sql: Sql): Promise<void> {
  await sql
    .unsafe(`
    create schema if not exists guichet;
    create table if not exists guichet.migrations (name text primary key, applied_at timestamptz not null default now());
    create table if not exists guichet.repeatables (
      name text primary key, sha256 text not null, applied_at timestamptz not null default now());
    grant usage on schema guichet to guichet_app;
    grant select on guichet.migrations, guichet.repeatables to guichet_app;
  `)
    .simple();
}
