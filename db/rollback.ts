import type { Sql } from "postgres";
import type { Migration } from "./journal.ts";
import { readJournal, readMigrations, refuseNewer, sqlFolder } from "./journal.ts";
import { runFile } from "./repeatable.ts";
import { quoteName } from "./roles.ts";

export interface Loss {
  /** A table, or a column as `table.column`. */
  name: string;
  rows: number;
}

/** The migration that a rollback would undo; null when nothing is applied. */
export async function lastMigration(sql: Sql, folder = sqlFolder()): Promise<Migration | null> {
  const known = readMigrations(folder);
  const applied = await readJournal(sql);
  refuseNewer(applied, known);
  const last = known.find((migration) => migration.name === applied.at(-1)) ?? null;
  if (last && last.down === null) throw new Error(`${last.name} cannot be undone: it has no down.sql`);
  return last;
}

/** What undoing a migration would destroy: its tables and columns, with the rows they hold now. */
export async function lossesOf(sql: Sql, migration: Migration): Promise<Loss[]> {
  const down = (migration.down ?? "").replace(/--[^\n]*/g, "");
  const schemas = [...down.matchAll(/drop\s+schema\s+(?:if exists\s+)?"?(\w+)"?/gi)].map((match) => match[1] ?? "");
  const named = [...down.matchAll(/drop\s+table\s+(?:if exists\s+)?([\w".]+)/gi)].map((match) =>
    (match[1] ?? "").replaceAll('"', ""),
  );
  const columns = [
    ...down.matchAll(/alter\s+table\s+(?:if exists\s+)?([\w".]+)[^;]*?drop\s+column\s+(?:if exists\s+)?"?(\w+)"?/gi),
  ].map((match) => ({ table: (match[1] ?? "").replaceAll('"', ""), column: match[2] ?? "" }));
  const inSchemas = await sql<{ name: string }[]>`
    select format('%s.%s', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = any(${schemas}) and c.relkind in ('r', 'p') and not c.relispartition order by 1`;
  const losses: Loss[] = [];
  for (const name of [...named, ...inSchemas.map((row) => row.name)]) {
    const rows = await countRows(sql, name);
    if (rows !== null) losses.push({ name, rows });
  }
  for (const { table, column } of columns) {
    const rows = await countRows(sql, table, column);
    if (rows !== null) losses.push({ name: `${table}.${column}`, rows });
  }
  return losses;
}

/** Applies `down.sql` and forgets the migration, in one transaction. */
export async function rollBack(sql: Sql, migration: Migration): Promise<void> {
  await sql.begin(async (tx) => {
    await runFile(tx, `db/migrations/${migration.name}/down.sql`, migration.down ?? "");
    await tx`delete from guichet.migrations where name = ${migration.name}`;
    await tx`delete from guichet.repeatables`;
  });
}

/** Forced row-level security hides every row from the owner too: it is lifted for the count, and the lifting undone. */
async function countRows(sql: Sql, table: string, column?: string): Promise<number | null> {
  const name = table.split(".").map(quoteName).join(".");
  const [there] = await sql<{ there: boolean }[]>`select to_regclass(${name}) is not null as there`;
  if (!there?.there) return null;
  const undone = new Error("counted");
  let rows = 0;
  await sql
    .begin(async (tx) => {
      await tx.unsafe(`alter table ${name} no force row level security`);
      const counted = await tx.unsafe<{ rows: string }[]>(
        `select count(${column ? quoteName(column) : "*"}) as rows from ${name}`,
      );
      rows = Number(counted[0]?.rows ?? 0);
      throw undone;
    })
    .catch((error: unknown) => {
      if (error !== undone) throw error;
    });
  return rows;
}
