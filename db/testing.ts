import { randomBytes } from "node:crypto";
import type { Sql } from "postgres";
import postgres from "postgres";
import { afterAll, inject } from "vitest";
import { connect } from "./client.ts";
import { quoteName } from "./roles.ts";
import { useAppPool } from "./tenant.ts";
import { dropDatabase, withDatabase } from "./testing-server.ts";

export interface TestDatabase {
  name: string;
  /** Connection strings of `guichet_app` and of the owner. */
  appUrl: string;
  ownerUrl: string;
  /** The pool that `withTenant` uses in this file, as `guichet_app`. */
  app: Sql;
  /** As the owner of the tables; forced row-level security applies to it too. */
  owner: Sql;
}

/**
 * A migrated database of this test file's own, cloned from the run's template and dropped after the
 * file. Call it at the top: `const database = await testDatabase();`. Opens the pool of `withTenant`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const server = inject("testServer");
  const name = server.template.replace(/template$/, randomBytes(5).toString("hex"));
  const admin = postgres(server.ownerUrl, { max: 1, onnotice: () => undefined });
  await admin.unsafe(`create database ${quoteName(name)} template ${quoteName(server.template)}`);
  const appUrl = withDatabase(server.appUrl, name);
  const ownerUrl = withDatabase(server.ownerUrl, name);
  const app = connect({ url: appUrl });
  const owner = postgres(ownerUrl, { max: 2, onnotice: () => undefined });
  useAppPool(app);
  afterAll(async () => {
    useAppPool(undefined);
    await Promise.all([app.end({ timeout: 2 }), owner.end({ timeout: 2 })]);
    await dropDatabase(admin, name);
    await admin.end();
  });
  return { name, appUrl, ownerUrl, app, owner };
}
