import { expect, test } from "vitest";
import { newId } from "#server/core/ids.ts";
import { readMigrations } from "./journal.ts";
import { runFile } from "./repeatable.ts";
import { lastMigration, rollBack } from "./rollback.ts";
import { testDatabase } from "./testing.ts";

const database = await testDatabase();
const { owner } = database;

/** As the tables' owner in one business after the other: row-level security is forced on it as well. */
const inTenant = <T>(tenantId: string, statement: string) =>
  owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
    return [...(await tx.unsafe<(T & object)[]>(statement))];
  });

test("the words that tickets had become each business's list, and words again on the way back", async () => {
  const ours = readMigrations().find(({ name }) => name === "0012_ticket_page")!;
  for (let undone = ""; undone !== ours.name;) {
    const last = (await lastMigration(owner))!;
    await rollBack(owner, last);
    undone = last.name;
  }
  const [lumen, harlow] = [newId(), newId()];
  for (const [tenantId, words] of [
    [lumen, ["sav", "devis", " sav ", "", null]],
    [harlow, ["sav"]],
  ] as const) {
    await inTenant(tenantId, `insert into tenants (id, slug, name) values ('${tenantId}', '${tenantId}', 'Maison')`);
    for (const [at, word] of words.entries()) {
      const category = word === null ? "null" : `'${word}'`;
      await inTenant(
        tenantId,
        `insert into tickets (tenant_id, id, number, subject, category) values ('${tenantId}', '${newId()}', ${at + 1}, 'Demande', ${category})`,
      );
    }
  }
  await owner.begin((tx) => runFile(tx, ours.name, ours.up));
  // The policies of the new table are applied after the migrations.
  const lists =
    "select name, position from ticket_categories where tenant_id = current_setting('app.tenant_id')::uuid order by position";
  expect(await inTenant(lumen, lists)).toEqual([
    { name: "sav", position: 0 },
    { name: "devis", position: 1 },
  ]);
  expect(await inTenant(harlow, lists)).toEqual([{ name: "sav", position: 0 }]);
  const named =
    "select (select name from ticket_categories c where c.tenant_id = t.tenant_id and c.id = t.category_id) as category from tickets t order by number";
  const words = (rows: { category: string | null }[]) => rows.map(({ category }) => category);
  expect(words(await inTenant(lumen, named))).toEqual(["sav", "devis", "sav", null, null]);
  await owner.begin((tx) => runFile(tx, ours.name, ours.down!));
  expect(words(await inTenant(lumen, "select category from tickets order by number"))).toEqual([
    "sav",
    "devis",
    "sav",
    null,
    null,
  ]);
});
