import { expect, test } from "vitest";
import { testDatabase } from "./testing.ts";
import { findMissing } from "./verify.ts";

const { owner } = await testDatabase();

test("a migrated database is whole", async () => {
  expect(await findMissing(owner)).toEqual([]);
});

test("what is taken away is named", async () => {
  await owner
    .unsafe(`
    alter table tickets no force row level security;
    drop policy tenant_isolation on customers;
    alter table customer_notes drop column content cascade;
    drop table quick_replies cascade;
    revoke select on conversations from guichet_app;
    drop index tickets_search;
    delete from guichet.repeatables where name = 'doors.sql';`)
    .simple();
  const missing = await findMissing(owner);
  expect(missing).toEqual(
    expect.arrayContaining([
      "db/doors.sql is not applied in its present form",
      "table public.quick_replies",
      "column public.customer_notes.content",
      "forced row-level security on tickets",
      "index tickets_search",
      "guichet_app may read conversations",
    ]),
  );
});
