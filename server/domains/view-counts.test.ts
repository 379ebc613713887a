import { expect, test } from "vitest";
import { addMany } from "#db/factories-many.ts";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { countAppointments, listAppointments } from "./appointments/list-appointments.ts";
import { countCalls, listCalls } from "./calls/list-calls.ts";
import { countCustomers, listCustomers } from "./customers/list-customers.ts";
import { countProspects, listProspects } from "./prospects/list-prospects.ts";

/**
 * What saved views of calls, prospects, appointments and customers hold: as many as the list shows under the same filter, up to
 * a thousand and one, found by an index, as guichet_app, among thousands.
 */
const database = await testDatabase();
const many = 3_000;
const most = 1_001;

const tenant = await createTenant();
const { ctx, userId } = await createMember(tenant, "owner");
const { customerId, channelId } = await createConversation(tenant);
const other = await createTenant();
const stranger = await createMember(other, "owner");
await createConversation(other);
for (const one of [tenant, other]) await withTenant(one, ({ raw }) => fill(raw, one.tenantId));
await database.owner`analyze`;

async function fill(raw: TenantTx["raw"], tenantId: string): Promise<void> {
  await raw`
    insert into customers (tenant_id, id, display_name, segment, created_at)
    select ${tenantId}, gen_random_uuid(), 'Client ' || n, case when n % 100 = 77 then 'vip' else (array['client', 'prospect', 'inactive'])[1 + n % 3] end, now() - n * interval '1 minute'
      from generate_series(1, ${many}::int) n`;
  await raw`
    insert into customer_tags (tenant_id, customer_id, tag)
    select tenant_id, id, 'fidèle' from customers where tenant_id = ${tenantId} and display_name like '%177'`;
  for (const rows of ["call_logs", "prospects", "appointments"] as const) await addMany[rows](raw, tenantId, many);
}

const day = 86_400_000;
const from = new Date(Date.now() - 3 * day);

/** A list: how many its filters hold as its views count them, and as one turns its pages. */
interface List {
  table: string;
  filters: object[];
  counts: (of: typeof ctx, filters: object[]) => Promise<number[]>;
  total: (filter: object) => Promise<number>;
}

async function callsBehind(filter: object): Promise<number> {
  let found = 0;
  let cursor: string | undefined;
  do {
    const page = await listCalls(ctx, { ...filter, cursor, limit: 500 });
    found += page.rows.length;
    cursor = page.nextCursor ?? undefined;
  } while (cursor);
  return Math.min(found, most);
}

const lists: Record<string, List> = {
  calls: {
    table: "call_logs",
    filters: [{}, { only: "missed" }, { days: 3 }, { only: "missed", days: 3 }, { days: 3, channelId }],
    counts: (of, filters) => countCalls(of, { filters }),
    total: callsBehind,
  },
  prospects: {
    table: "prospects",
    filters: [
      {},
      { status: ["new"], from },
      { customerId },
      { dueBefore: new Date(Date.now() + 3 * day) },
      { ownerId: userId },
    ],
    counts: (of, filters) => countProspects(of, { filters }),
    total: async (filter) => (await listProspects(ctx, filter)).total,
  },
  appointments: {
    table: "appointments",
    filters: [
      {},
      { status: ["no_show"] },
      { from },
      { from: new Date() },
      { userId, until: new Date(Date.now() - 9 * day) },
    ],
    counts: (of, filters) => countAppointments(of, { filters }),
    total: async (filter) => (await listAppointments(ctx, filter)).total,
  },
  customers: {
    table: "customers",
    filters: [{}, { segment: "vip" }, { segment: "vip", tag: "Fidèle" }],
    counts: (of, filters) => countCustomers(of, { filters }),
    total: async (filter) => (await listCustomers(ctx, filter)).total,
  },
};

test.each(Object.entries(lists))("views of %s hold what the list shows, in one statement", async (_name, list) => {
  let counted: number[] = [];
  const statements = await statementsOf(async () => (counted = await list.counts(ctx, list.filters)));
  expect(statements).toHaveLength(1);
  expect(counted[0]).toBe(most);
  expect(counted).toEqual(await Promise.all(list.filters.map((filter) => list.total(filter))));
  expect(new Set(counted).size).toBeGreaterThan(2);
  // Ids of a business are nobody's in another.
  const named = list.filters.filter((filter) => "customerId" in filter || "userId" in filter || "channelId" in filter);
  expect(await list.counts(stranger.ctx, named)).toEqual(named.map(() => 0));
  expect(await statementsOf(() => list.counts(ctx, []))).toEqual([]);
});

test.each(Object.entries(lists))("views of %s are counted by an index", async (_name, { table, filters, counts }) => {
  for (const filter of filters) {
    const [statement] = await statementsOf(() => counts(ctx, [filter]));
    for (const mode of ["custom", "generic"] as const) {
      const scans = (await scansOf(tenant, statement!, mode)).filter((scan) => scan.table === table);
      expect(
        scans.map(({ node }) => node),
        `${mode} ${JSON.stringify(filter)}`,
      ).not.toContain("Seq Scan");
      const looked = scans.reduce((sum, { rows }) => sum + rows, 0);
      expect(looked, `${mode} ${JSON.stringify(filter)}`).toBeLessThanOrEqual(most);
    }
  }
});
