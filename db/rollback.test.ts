import type { Sql } from "postgres";
import { expect, test } from "vitest";
import { readMigrations } from "./journal.ts";
import { migrate } from "./migrate.ts";
import { lastMigration, lossesOf, rollBack } from "./rollback.ts";
import { testDatabase } from "./testing.ts";

const database = await testDatabase();
const { owner } = database;

test("up, down to nothing and up again is the same catalog", async () => {
  const before = await catalogOf(owner);
  expect(before.length).toBeGreaterThan(500);
  for (const [depth, migration] of readMigrations().toReversed().entries()) {
    expect((await lastMigration(owner))?.name).toBe(migration.name);
    await rollBack(owner, migration);
    if (depth > 0) continue;
    await migrate(database);
    expect(await catalogOf(owner)).toEqual(before);
    await rollBack(owner, migration);
  }
  expect(await lastMigration(owner)).toBeNull();
  const tables =
    await owner`select 1 from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')`;
  expect(tables).toHaveLength(0);
  await migrate(database);
  expect(await catalogOf(owner)).toEqual(before);
});

test("what would be lost is named with its rows, which forced row-level security does not hide", async () => {
  await owner
    .unsafe(`
    create table public.rollback_probe (tenant_id uuid, note text);
    insert into rollback_probe values (gen_random_uuid(), 'one'), (gen_random_uuid(), null);
    alter table rollback_probe enable row level security, force row level security;`)
    .simple();
  const down = 'DROP TABLE IF EXISTS "rollback_probe" CASCADE; -- DROP TABLE tenants;\nDROP TABLE nowhere;';
  expect(await lossesOf(owner, { name: "x", up: "", down })).toEqual([{ name: "rollback_probe", rows: 2 }]);
  const column = 'ALTER TABLE "rollback_probe" DROP COLUMN "note";';
  expect(await lossesOf(owner, { name: "x", up: "", down: column })).toEqual([
    { name: "rollback_probe.note", rows: 1 },
  ]);
  expect(await owner`select relforcerowsecurity as forced from pg_class where relname = 'rollback_probe'`).toEqual([
    { forced: true },
  ]);
});

/** Everything that a migration makes, one line each. */
async function catalogOf(sql: Sql): Promise<string[]> {
  const rows = await sql<{ line: string }[]>`
    with ours as (select oid, nspname from pg_namespace where nspname in ('public', 'auth', 'door', 'compat'))
    select format('column %s.%s.%s %s %s %s', o.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid)) as line
      from pg_class c join ours o on o.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
    union all select format('relation %s.%s %s %s %s %s', o.nspname, c.relname, c.relkind, c.relrowsecurity, c.relforcerowsecurity, c.relacl)
      from pg_class c join ours o on o.oid = c.relnamespace
    union all select format('constraint %s %s', conrelid::regclass, pg_get_constraintdef(c.oid))
      from pg_constraint c join ours o on o.oid = c.connamespace
    union all select format('index %s', pg_get_indexdef(c.oid)) from pg_class c join ours o on o.oid = c.relnamespace where relkind in ('i', 'I')
    union all select format('view %s', pg_get_viewdef(c.oid)) from pg_class c join ours o on o.oid = c.relnamespace where relkind = 'v'
    union all select format('policy %s %s %s %s %s', polrelid::regclass, polname, polcmd, polroles::regrole[],
        pg_get_expr(polqual, polrelid)) from pg_policy
    union all select format('function %s %s %s %s', p.oid::regprocedure, p.proowner::regrole, md5(p.prosrc), p.proacl)
      from pg_proc p join ours o on o.oid = p.pronamespace
    union all select format('trigger %s', pg_get_triggerdef(t.oid)) from pg_trigger t join pg_class c on c.oid = t.tgrelid
      join ours o on o.oid = c.relnamespace where not t.tgisinternal
    order by 1`;
  return rows.map((row) => row.line);
}
