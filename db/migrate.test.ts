import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { migrate } from "./migrate.ts";
import { testDatabase } from "./testing.ts";

const database = await testDatabase();
const folder = mkdtempSync(join(tmpdir(), "guichet-sql-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("a template clone is current", async () => {
  expect(await migrate(database)).toEqual({ applied: [], repeated: false });
});

test("changed files are applied again, over functions that were given away", async () => {
  await database.owner`delete from guichet.repeatables`;
  expect(await migrate(database)).toEqual({ applied: [], repeated: true });
});

test("migrations are applied once, in order, and a failing one leaves nothing", async () => {
  const [empty] = await database.owner<{ name: string }[]>`select 'scratch_' || current_database() as name`;
  await database.owner.unsafe(`create database ${empty!.name}`);
  const ownerUrl = database.ownerUrl.replace(database.name, empty!.name);
  write("migrations/0000_first/up.sql", "create table public.things (id int);");
  write("migrations/0001_second/up.sql", "alter table public.things add note text;");
  const run = () => migrate({ ownerUrl, folder, jobs: false });
  expect((await run()).applied).toEqual(["0000_first", "0001_second"]);
  write("migrations/0002_broken/up.sql", "create table public.more (id int);\nselect nothing_of_the_kind;");
  await expect(run()).rejects.toThrow("db/migrations/0002_broken/up.sql:2");
  rmSync(join(folder, "migrations/0002_broken"), { recursive: true });
  rmSync(join(folder, "migrations/0001_second"), { recursive: true });
  await expect(run()).rejects.toThrow("migrated by a newer Guichet (it has 0001_second");
  await database.owner.unsafe(`drop database ${empty!.name} with (force)`);
});

function write(name: string, text: string): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}
