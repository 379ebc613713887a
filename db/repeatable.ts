import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Sql, TransactionSql } from "postgres";
import { sqlFolder } from "./journal.ts";

/** Policies, triggers, doors, views and grants: written once, in this order, applied again when they change. */
export const repeatableNames = ["rls.sql", "triggers.sql", "doors.sql", "compat.sql", "grants.sql"] as const;

export interface Repeatable {
  name: string;
  text: string;
  sha256: string;
}

export function readRepeatables(folder = sqlFolder()): Repeatable[] {
  return repeatableNames
    .filter((name) => existsSync(join(folder, name)))
    .map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      return { name, text, sha256: createHash("sha256").update(text).digest("hex") };
    });
}

/** Which of the files a database has not seen in their present form. */
export async function changedRepeatables(sql: Sql, folder = sqlFolder()): Promise<string[]> {
  const applied = await sql<{ name: string; sha256: string }[]>`select name, sha256 from guichet.repeatables`;
  const known = new Map(applied.map((row) => [row.name, row.sha256]));
  return readRepeatables(folder)
    .filter((file) => known.get(file.name) !== file.sha256)
    .map((file) => file.name);
}

/** Applies all of them in one transaction: each may lean on the ones before it. */
export async function applyRepeatables(sql: Sql, folder = sqlFolder()): Promise<void> {
  await sql.begin(async (tx) => {
    for (const role of ["guichet_door", "guichet_auth"]) await dropFunctionsOf(tx, role);
    for (const file of readRepeatables(folder)) {
      await runFile(tx, `db/${file.name}`, file.text);
      await tx`
        insert into guichet.repeatables (name, sha256) values (${file.name}, ${file.sha256})
        on conflict (name) do update set sha256 = excluded.sha256, applied_at = now()`;
    }
  });
}

/** The owner may not replace a function that it has given away: the files make them anew. */
async function dropFunctionsOf(tx: TransactionSql, role: string): Promise<void> {
  const owned = await tx<{ statement: string }[]>`
    select format('drop routine %s cascade', oid::regprocedure) as statement
      from pg_proc where proowner = ${role}::regrole`;
  if (owned.length === 0) return;
  await tx.unsafe(`set local role ${role}`);
  for (const { statement } of owned) await tx.unsafe(statement);
  await tx.unsafe("reset role");
}

/** Runs a file of statements; a failure names the file and line. */
export async function runFile(tx: TransactionSql, name: string, text: string): Promise<void> {
  try {
    await tx.unsafe(text).simple();
    await tx.unsafe("reset role");
  } catch (error) {
    const { message, position, where } = error as Error & { position?: string; where?: string };
    const line = position ? `:${text.slice(0, Number(position)).split("\n").length}` : "";
    throw new Error(`${name}${line}: ${message}${where ? ` (${where.split("\n")[0]})` : ""}`, { cause: error });
  }
}
