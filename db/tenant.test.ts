import { expect, test } from "vitest";
import { createTenant } from "./factories.ts";
import type { TenantTx } from "./tenant.ts";
import { withTenant } from "./tenant.ts";
import { testDatabase } from "./testing.ts";

await testDatabase();

test("a transaction that is over runs nothing more: its connection is somebody else's by then", async () => {
  const [a, b] = [await createTenant(), await createTenant()];
  let left: TenantTx | undefined;
  const failed = withTenant(a, async (tx) => {
    left = tx;
    await tx.raw.unsafe("select * from nowhere");
  });
  await expect(failed).rejects.toThrow("nowhere");
  await withTenant(b, async () => {
    await expect(left!.raw.unsafe("select 1")).rejects.toThrow("over");
    await expect(left!.execute("select 1")).rejects.toThrow("Failed query");
    await expect(left!.raw`select 1`).rejects.toThrow("over");
  });
});

test("a query that is sent before anything was awaited runs in its tenant as well", async () => {
  const tenant = await createTenant();
  const seen = await withTenant(tenant, (tx) =>
    tx.raw.unsafe<{ tenant: string }[]>("select current_setting('app.tenant_id', true) as tenant").then(([row]) => row),
  );
  expect(seen?.tenant).toBe(tenant.tenantId);
});
