import { expect, test } from "vitest";
import { createConversation, createMessage, createTenant, createTicket } from "./factories.ts";
import { readMigrations } from "./journal.ts";
import { runFile } from "./repeatable.ts";
import { lastMigration, rollBack } from "./rollback.ts";
import { withTenant } from "./tenant.ts";
import { testDatabase } from "./testing.ts";

const { owner } = await testDatabase();

test("what every business wrote before there was a search is found by it", async () => {
  const shops = [await createTenant(), await createTenant()];
  for (const shop of shops) {
    await createMessage(await createConversation(shop), { text: `La théière bleue de ${shop.slug}` });
    await createTicket(shop, { subject: "Anse cassée" });
  }
  const kept = () =>
    Promise.all(
      shops.map((shop) =>
        withTenant(shop, ({ raw }) =>
          raw.unsafe(
            "select kind, subject_id, words::text as words from search_texts where tenant_id = $1 order by id",
            [shop.tenantId],
          ),
        ),
      ),
    );
  const before = await kept();
  expect(before.map((rows) => rows.map((row) => row["kind"]))).toEqual([
    ["conversation", "ticket"],
    ["conversation", "ticket"],
  ]);
  const search = readMigrations().find(({ name }) => name === "0016_search")!;
  for (let undone = ""; undone !== search.name;) {
    const last = (await lastMigration(owner))!;
    await rollBack(owner, last);
    undone = last.name;
  }
  const scoped = readMigrations().find(({ name }) => name === "0023_words_of_a_business")!;
  for (const { name, up } of [search, scoped]) await owner.begin((tx) => runFile(tx, name, up));
  await owner.unsafe("grant select on search_texts to guichet_app");
  expect(await kept()).toEqual(before);
});
