import { expect, test } from "vitest";
import { createProspect } from "#db/factories-prospects.ts";
import { createCustomer, createMember, createTenant } from "#db/factories.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { exportProspects, listProspects } from "./list-prospects.ts";
import { readBoard } from "./read-board.ts";
import { remindDueOwners } from "./remind-owners.ts";
import type { ListInput, ProspectRow } from "./schemas.ts";
import { sorts } from "./schemas.ts";
import { openShop } from "./testing.ts";

const database = await testDatabase();
const many = 4_000;

/** A business with many prospects, evenly of every kind, beside a small one that makes the table's averages lie. */
const big = await createTenant();
const nadia = await createMember(big, "agent");
const owners = [nadia.userId, (await createMember(big, "agent")).userId];
const customers = [await createCustomer(big), await createCustomer(big)];
await database.owner.begin(async (tx) => {
  await tx`select set_config('app.tenant_id', ${big.tenantId}, true)`;
  await tx`
    insert into prospects (tenant_id, id, customer_id, status, status_at, owner_id, interest, given_score, given_by, next_follow_up_at, source, created_at, converted_at)
    select ${big.tenantId}::uuid, gen_random_uuid(), (array[${customers[0]!.customerId}, ${customers[1]!.customerId}]::uuid[])[1 + n % 2], kind.status,
           now() - n % 500 * interval '1 hour', case when n % 3 > 0 then (array[${owners[0]!}, ${owners[1]!}]::uuid[])[n % 3] end,
           'Lampe ' || n, n % 101, 'member', case when n % 4 = 0 then now() + (n % 300 - 20) * interval '1 hour' end,
           (array['manual', 'conversation', 'call', 'voice_agent'])[1 + n % 4], now() - n / 3 * interval '1 minute',
           case when kind.status = 'converted' then now() end
      from generate_series(1, ${many}) n
     cross join lateral (select (array['new', 'follow_up', 'qualified', 'converted', 'not_qualified', 'lost'])[1 + n % 6] as status) kind`;
});
await database.owner`analyze prospects`;

const list = (input: ListInput) => listProspects(nadia.ctx, input);

test.each(sorts)("by %s, pages lose and repeat nothing, there and back, and the file says the same", async (sort) => {
  const filter = { sort, source: "manual" as const, minScore: 40 };
  const there: ProspectRow[][] = [];
  let page = await list(filter);
  for (; ; page = await list({ ...filter, after: page.next! })) {
    there.push(page.rows);
    if (!page.next) break;
  }
  const rows = there.flat();
  expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  expect(page.total).toBe(rows.length);
  const back = await list({ ...filter, before: page.previous! });
  expect(back.rows.map(({ id }) => id)).toEqual(there.at(-2)!.map(({ id }) => id));
  const file = await exportProspects(nadia.ctx, filter);
  expect(file.rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect(rows.every(({ source, score }) => source === "manual" && score >= 40)).toBe(true);
});

test("whom to speak with are those who are open and whose time is near, nobody else", async () => {
  const { nadia: member, tenant, sophie, clock } = await openShop();
  const { customerId } = sophie;
  const at = (hours: number) => new Date(clock.now().getTime() + hours * 3_600_000);
  const late = await createProspect(tenant, { customerId, nextFollowUpAt: at(-2) });
  const soon = await createProspect(tenant, { customerId, nextFollowUpAt: at(1), status: "qualified" });
  await createProspect(tenant, { customerId, nextFollowUpAt: at(30) });
  await createProspect(tenant, { customerId, nextFollowUpAt: at(-5), status: "lost" });
  await createProspect(tenant, { customerId });
  const ids = async (input: ListInput) => (await listProspects(member.ctx, input)).rows.map(({ id }) => id);
  expect(await ids({ dueBefore: at(0), sort: "follow_up" })).toEqual([late.prospectId]);
  expect(await ids({ dueBefore: at(12), sort: "follow_up" })).toEqual([late.prospectId, soon.prospectId]);
  expect(await ids({ sort: "follow_up" })).toHaveLength(3);
});

test("a page is asked for in two statements", async () => {
  expect(await statementsOf(() => list({}))).toHaveLength(2);
});

const filters: [string, ListInput][] = [
  ["everything", {}],
  ["one status", { status: ["lost"] }],
  ["an owner", { ownerId: nadia.userId }],
  ["nobody's", { ownerId: null }],
  ["the best", { sort: "score" }],
  ["whom to speak with", { sort: "follow_up", dueBefore: new Date() }],
  ["whom to speak with next", { sort: "follow_up" }],
  ["a customer", { customerId: customers[0]!.customerId }],
];

test.each(filters)("of %s, a page reads an index and little more than it shows", async (_name, filter) => {
  const [rows] = (await statementsOf(() => list(filter))).filter(({ query }) => !query.includes("count(*)"));
  for (const mode of ["custom", "generic"] as const) {
    const scans = (await scansOf(nadia.ctx, rows!, mode)).filter(({ table }) => table === "prospects");
    expect(scans.map(({ node }) => node)).not.toContain("Seq Scan");
    expect(Math.max(...scans.map((scan) => scan.rows))).toBeLessThanOrEqual(6 * 51);
  }
});

test("a column of the board reads what it shows", async () => {
  const statements = await statementsOf(() => readBoard(nadia.ctx, {}));
  for (const statement of statements.filter(({ query }) => !query.includes("count(*)"))) {
    for (const mode of ["custom", "generic"] as const) {
      const scans = (await scansOf(nadia.ctx, statement, mode)).filter(({ table }) => table === "prospects");
      expect(scans.map(({ index }) => index)).toEqual(["prospects_board"]);
      expect(scans[0]!.rows).toBeLessThanOrEqual(26);
    }
  }
});

test("the door tells of what is due in any business, among many that are not, until somebody was told", async () => {
  const { tenant, paul, sophie, clock } = await openShop();
  const due = {
    customerId: sophie.customerId,
    ownerId: paul.userId,
    remindAt: clock.now(),
    nextFollowUpAt: clock.now(),
  };
  const { prospectId } = await createProspect(tenant, due);
  const rows = await database.app`
    select tenant_id, id from door.due('prospect_follow_ups', 10, ${clock.now().toISOString()}::timestamptz)`;
  expect(rows.map((row) => ({ ...row }))).toEqual([{ tenant_id: tenant.tenantId, id: prospectId }]);
  await remindDueOwners(clock);
  const again =
    await database.app`select id from door.due('prospect_follow_ups', 10, ${clock.now().toISOString()}::timestamptz)`;
  expect(again).toHaveLength(0);
});
