import { getTableName, is } from "drizzle-orm";
import type { AnyPgTable } from "drizzle-orm/pg-core";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import type { Sql } from "postgres";
import { pendingMigrations, readMigrations, sqlFolder } from "./journal.ts";
import { changedRepeatables, readRepeatables } from "./repeatable.ts";
import * as schema from "./schema/index.ts";

/** What a database lacks of what this code expects, one sentence each; empty when it is whole. */
export async function findMissing(sql: Sql, folder = sqlFolder()): Promise<string[]> {
  const pending = await pendingMigrations(sql, folder);
  if (pending.length > 0) return pending.map((name) => `migration ${name} is not applied (npm run db:migrate)`);
  return [
    ...(await changedRepeatables(sql, folder)).map((name) => `db/${name} is not applied in its present form`),
    ...(await missingTables(sql)),
    ...(await missingSecurity(sql)),
    ...(await missingNames(sql, folder)),
    ...(await missingRights(sql)),
  ];
}

async function missingTables(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string }[]>`
    select format('%s.%s.%s', n.nspname, c.relname, a.attname) as name
      from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
     where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped`;
  const columns = new Set(rows.map((row) => row.name));
  const tables = new Set(rows.map((row) => row.name.split(".").slice(0, 2).join(".")));
  return declaredTables().flatMap((table) => {
    const config = getTableConfig(table);
    const name = `${config.schema ?? "public"}.${getTableName(table)}`;
    if (!tables.has(name)) return [`table ${name}`];
    return config.columns
      .filter((column) => !columns.has(`${name}.${column.name}`))
      .map((column) => `column ${name}.${column.name}`);
  });
}

/** Row-level security: on, forced and with a policy, on every table with a tenant and on the tenants. */
async function missingSecurity(sql: Sql): Promise<string[]> {
  const rows = await sql<{ name: string; enabled: boolean; forced: boolean; policies: number }[]>`
    select c.oid::regclass::text as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
           (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
      from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition`;
  return rows.flatMap(({ name, enabled, forced, policies }) => [
    ...(enabled ? [] : [`row-level security on ${name}`]),
    ...(forced ? [] : [`forced row-level security on ${name}`]),
    ...(policies > 0 ? [] : [`a policy on ${name}`]),
  ]);
}

/** Indexes, constraints, functions, views and triggers that the SQL files name. */
async function missingNames(sql: Sql, folder: string): Promise<string[]> {
  const text = [...readMigrations(folder).map((one) => one.up), ...readRepeatables(folder).map((one) => one.text)]
    .join("\n")
    .replace(/--[^\n]*/g, "");
  const rows = await sql<{ kind: string; name: string }[]>`
    select case relkind when 'v' then 'view' else 'index' end as kind, relname as name from pg_class where relkind in ('i', 'I', 'v')
    union all select 'function', proname from pg_proc
    union all select 'trigger', tgname from pg_trigger
    union all select 'constraint', conname from pg_constraint`;
  const there = new Set(rows.map((row) => `${row.kind} ${row.name}`));
  const patterns: [kind: string, pattern: RegExp][] = [
    ["index", /create\s+(?:unique\s+)?index\s+(?:concurrently\s+)?(?:if not exists\s+)?("?\w+"?)/gi],
    ["constraint", /constraint\s+("\w+"|\w+_\w+)\s+(?:primary|foreign|unique|check)/gi],
    ["function", /create\s+(?:or replace\s+)?function\s+((?:"?\w+"?\.)?"?\w+"?)\s*\(/gi],
    ["view", /create\s+(?:or replace\s+)?view\s+((?:"?\w+"?\.)?"?\w+"?)/gi],
    ["trigger", /create\s+(?:or replace\s+)?(?:constraint\s+)?trigger\s+("?\w+"?)/gi],
  ];
  const dropped = new Set(
    [...text.matchAll(/drop\s+(index|constraint)\s+(?:if exists\s+)?"?(\w+)"?\s*[;,]/gi)].map(
      (m) => `${m[1]?.toLowerCase()} ${m[2]}`,
    ),
  );
  return patterns.flatMap(([kind, pattern]) => {
    const names = [...text.matchAll(pattern)].map(
      (match) => (match[1] ?? "").split(".").at(-1)?.replaceAll('"', "") ?? "",
    );
    return [...new Set(names)].map((name) => `${kind} ${name}`).filter((one) => !there.has(one) && !dropped.has(one));
  });
}

/** The serving role reads what it must and nothing else: not `auth`, not a partition by its own name. */
async function missingRights(sql: Sql): Promise<string[]> {
  const rows = await sql<{ said: string }[]>`
    select format('guichet_app may read %s', c.oid::regclass) as said from pg_class c
     where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and not c.relispartition
       and not has_table_privilege('guichet_app', c.oid, 'select')
    union all
    select format('guichet_app must not reach %s', c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where (n.nspname = 'auth' or c.relispartition) and n.nspname <> 'pgboss' and c.relkind in ('r', 'p')
       and has_table_privilege('guichet_app', c.oid, 'select, insert, update, delete')
    union all
    select format('guichet_auth may read %s', c.oid::regclass) from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'auth' and c.relkind = 'r' and not has_table_privilege('guichet_auth', c.oid, 'select')
    union all
    select format('guichet_app may call %s', p.oid::regprocedure) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where n.nspname = 'door' and p.prosecdef and p.prorettype <> 'trigger'::regtype
       and not has_function_privilege('guichet_app', p.oid, 'execute')
    union all
    select format('role %s', name) from unnest(array['guichet_app', 'guichet_auth', 'guichet_door']) name
     where not exists (select 1 from pg_roles where rolname = name)`;
  return rows.map((row) => row.said);
}

function declaredTables(): AnyPgTable[] {
  const values: unknown[] = Object.values(schema);
  return values.filter((value): value is AnyPgTable => is(value, PgTable));
}
