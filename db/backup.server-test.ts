import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { backUpServer, restoreServer } from "./backup.ts";
import { testDatabase } from "./testing.ts";
import { findMissing } from "./verify.ts";

const database = await testDatabase();
const { owner } = database;
const folder = mkdtempSync(join(tmpdir(), "guichet-dump-"));
afterAll(() => rmSync(folder, { recursive: true }));
const tenantId = "01980000-0000-7000-8000-000000000001";

// The program brings no pg_dump, and the system's may be older than the embedded server: `npm run test:server` only.
test("pg_dump and pg_restore bring back every row, policy and right", async () => {
  await owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
    await tx`insert into tenants (id, slug, name) values (${tenantId}, 'kept', 'Kept')`;
  });
  const dump = join(folder, "guichet.dump");
  await backUpServer(database.ownerUrl, dump);
  expect(await findMissing(owner)).toEqual([]);
  await owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${tenantId}, true)`;
    await tx`update tenants set name = 'Changed'`;
  });
  await expect(restoreServer(dump, database, false)).rejects.toThrow("with --yes it is replaced");
  await restoreServer(dump, database, true);
  expect(await findMissing(owner)).toEqual([]);
  const [, names] = await owner.begin((tx) => [
    tx`select set_config('app.tenant_id', ${tenantId}, true)`,
    tx`select name from tenants`,
  ]);
  expect([...names]).toEqual([{ name: "Kept" }]);
});
