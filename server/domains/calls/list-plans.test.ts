import { expect, test } from "vitest";
import { createChannel, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { createMember } from "#db/factories.ts";
import { listCalls } from "./list-calls.ts";
import type { ListCallsInput } from "./schemas.ts";

const database = await testDatabase();

const calls = 5_000;
const tenant = await createTenant();
const { channelId } = await createChannel(tenant, { provider: "vapi" });
const member = await createMember(tenant);
await withTenant(
  tenant,
  (tx) => tx.raw`
    insert into call_logs (tenant_id, id, channel_id, provider, external_id, direction, status, started_at, assistant_id)
    select ${tenant.tenantId}, gen_random_uuid(), ${channelId}, 'vapi', 'c' || n, 'in',
           case when n % 100 = 0 then 'no_answer' else 'completed' end, now() - n * interval '1 minute', 'a'
      from generate_series(1, ${calls}) n`,
);
await database.owner`analyze call_logs`;

/** How many rows of calls a page looks at, by either plan. */
async function rowsRead(filter: ListCallsInput, mode: "custom" | "generic"): Promise<number> {
  const [statement] = await statementsOf(() => listCalls(member.ctx, filter));
  const scans = await scansOf(tenant, statement!, mode);
  return scans.filter(({ table }) => table === "call_logs").reduce((sum, { rows }) => sum + rows, 0);
}

test.each(["custom", "generic"] as const)("a page of calls reads its rows and no more (%s plan)", async (mode) => {
  expect(await rowsRead({}, mode)).toBeLessThanOrEqual(51);
  const first = await listCalls(member.ctx, { limit: 500 });
  expect(await rowsRead({ cursor: first.nextCursor! }, mode)).toBeLessThanOrEqual(51);
});

test.each(["custom", "generic"] as const)("missed calls, one in a hundred, have an index (%s plan)", async (mode) => {
  expect((await listCalls(member.ctx, { only: "missed" })).rows).toHaveLength(50);
  expect(await rowsRead({ only: "missed" }, mode)).toBeLessThanOrEqual(51);
});
