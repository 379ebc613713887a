import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Sql } from "postgres";

export interface Migration {
  /** `NNNN_name`, as the folder is called. */
  name: string;
  up: string;
  /** Null when it cannot be rolled back. */
  down: string | null;
}

/** Where the SQL of the database lives; commands and the program run in the project's folder. */
export const sqlFolder = () => resolve(process.env.GUICHET_SQL ?? "db");

/** The migrations this code knows, oldest first. */
export function readMigrations(folder = sqlFolder()): Migration[] {
  const root = join(folder, "migrations");
  if (!existsSync(root)) return [];
  const names = readdirSync(root)
    .filter((name) => /^\d{4}_\w+$/.test(name))
    .toSorted();
  return names.map((name) => {
    const down = join(root, name, "down.sql");
    return {
      name,
      up: readFileSync(join(root, name, "up.sql"), "utf8"),
      down: existsSync(down) ? readFileSync(down, "utf8") : null,
    };
  });
}

/** Names of the migrations that were applied to a database, oldest first. Empty before the first. */
export async function readJournal(sql: Sql): Promise<string[]> {
  const [exists] = await sql<{ there: boolean }[]>`select to_regclass('guichet.migrations') is not null as there`;
  if (!exists?.there) return [];
  const rows = await sql<{ name: string }[]>`select name from guichet.migrations order by name`;
  return rows.map((row) => row.name);
}

/** Throws when the database knows a migration that this code does not. */
export function refuseNewer(applied: string[], known: Migration[]): void {
  const newer = applied.filter((name) => !known.some((migration) => migration.name === name));
  if (newer.length === 0) return;
  const latest = known.at(-1)?.name ?? "no migration";
  throw new Error(
    `the database was migrated by a newer Guichet (it has ${newer.join(", ")}; this one knows up to ${latest}): ` +
      "update Guichet, or restore a backup made with this version",
  );
}

/** Names of the migrations that a database still lacks; for readiness, as `guichet_app`. */
export async function pendingMigrations(sql: Sql, folder = sqlFolder()): Promise<string[]> {
  const known = readMigrations(folder);
  const applied = await readJournal(sql);
  refuseNewer(applied, known);
  return known.map((migration) => migration.name).filter((name) => !applied.includes(name));
}
