import { expect, it } from "vitest";
import { createCustomer, createMember, createTenant } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import type { CustomerRow } from "./customer-row.ts";
import { listCustomers } from "./list-customers.ts";
import type { ListCustomersInput } from "./schemas.ts";
import { customerSorts } from "./schemas.ts";

const database = await testDatabase();
const tenant = await createTenant();
const { ctx } = await createMember(tenant);

for (const { tenantId } of [tenant, await createTenant(), await createTenant()]) {
  await withTenant({ tenantId }, async (tx) => {
    await tx.raw.unsafe(
      `insert into customers (tenant_id, id, display_name, segment, city, opening_revenue_cents, created_at)
       select $1, gen_random_uuid(), (array['Élodie','Karim','Sophie','Tom','Inès'])[1 + n % 5] || ' ' || (array['Martin','Bernard','Petit','Roux'])[1 + n / 5 % 4] || ' ' || n,
         (array['prospect','client','vip','inactive'])[1 + n % 4], 'Lyon', n * 7919 % 100000, now() - n * interval '1 minute'
       from generate_series(1, 4000) n`,
      [tenantId],
    );
    await tx.raw.unsafe(
      `insert into customer_identities (tenant_id, id, customer_id, kind, value, is_primary)
       select $1, gen_random_uuid(), id, 'phone', '+336399' || lpad((row_number() over (order by created_at desc))::text, 5, '0'), true from customers where tenant_id = $1`,
      [tenantId],
    );
  });
}
for (const table of ["customers", "customer_identities", "customer_search"])
  await database.owner.unsafe(`vacuum analyze ${table}`);

const list = (input: ListCustomersInput) => listCustomers(ctx, input);
const numberOf = (row: CustomerRow) => Number(row.name.split(" ").at(-1));

it.each(customerSorts)("pages by %s without losing or repeating anyone, and back", async (sort) => {
  const pages: string[][] = [];
  let page = await list({ sort, segment: "vip" });
  expect(page.total).toBe(1000);
  for (;;) {
    pages.push(page.rows.map((row) => row.id));
    if (!page.next) break;
    page = await list({ sort, segment: "vip", after: page.next });
  }
  expect(new Set(pages.flat()).size).toBe(1000);
  const back = [page.rows.map((row) => row.id)];
  while (page.previous) {
    page = await list({ sort, segment: "vip", before: page.previous });
    back.unshift(page.rows.map((row) => row.id));
  }
  expect(back).toEqual(pages);
});

it("finds by accentless words in any order, and by any spelling of a phone", async () => {
  const words = await list({ search: "martin elodie" });
  expect(words.rows).toHaveLength(50);
  expect(words.rows.every((row) => row.name.startsWith("Élodie Martin"))).toBe(true);
  for (const search of [
    "06 39 90 12 34",
    "+33 6 39 90 12 34",
    "0033639901234",
    "06.39.90.12.34",
    "+33 (0)6 39 90 12 34",
  ]) {
    const found = await list({ search });
    expect([search, found.rows[0] && numberOf(found.rows[0])]).toEqual([search, 1234]);
  }
  expect((await list({ search: "39 90 12 3" })).rows.map(numberOf).toSorted()).toEqual(
    [123, ...Array.from({ length: 10 }, (_, n) => 1230 + n)]
      .filter((n) => String(n).padStart(5, "0").startsWith("0123"))
      .toSorted(),
  );
  expect((await list({ search: "martin", segment: "vip" })).rows.every((row) => row.segment === "vip")).toBe(true);
  expect((await list({ search: "50%_" })).rows).toEqual([]);
});

const expected = { recent: /customers_recent/, name: /customers_name/, revenue: /customers_revenue/ };

it.each(customerSorts)("reads the order %s from its index, page 1 and later", async (sort) => {
  const first = await list({ sort });
  const plans = await plansOf(async () => list({ sort, after: first.next ?? "" }), /from customers/);
  const page = plans.find((plan) => plan.includes("customer_tags"));
  expect(page).toMatch(expected[sort]);
  expect(page).toMatch(/Index Cond: .*ROW\(/);
  for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on customers/);
});

it("searches through the trigram index, not through everybody", async () => {
  const scans = async () => {
    await list({ search: "martin 2345" });
    // A connection hands its statistics over with a later statement, at most once a second.
    const [index] = await database.owner.unsafe<{ scans: number }[]>(
      "select idx_scan::int as scans from pg_stat_user_indexes where indexrelname = 'customers_search'",
    );
    return index?.scans ?? 0;
  };
  await expect.poll(scans, { interval: 300 }).toBeGreaterThan(0);
});

it("finds whose name was mistyped, where hardly anybody has it as typed, and mistakes no number for another", async () => {
  for (const search of ["elodie bernrad", "élodei bernard"]) {
    const { rows } = await list({ search });
    expect([search, rows.length > 0 && rows.every(({ name }) => name.startsWith("Élodie Bernard"))]).toEqual([
      search,
      true,
    ]);
  }
  expect((await list({ search: "bernrad 20001" })).rows).toEqual([]);
  expect((await list({ search: "xylophoniste" })).rows).toEqual([]);
  // A word that only somebody else's customers have is nobody's here.
  const stranger = await createTenant();
  const { customerId } = await createCustomer(stranger, { displayName: "Capucine Zibeline" });
  expect((await list({ search: "zibelline" })).rows).toEqual([]);
  const theirs = await createMember(stranger);
  expect((await listCustomers(theirs.ctx, { search: "zibelline" })).rows.map(({ id }) => id)).toEqual([customerId]);
  await withTenant(
    stranger,
    (tx) => tx.raw`update customers set display_name = 'Capucine Alouette' where id = ${customerId}`,
  );
  expect((await listCustomers(theirs.ctx, { search: "zibelline" })).rows).toEqual([]);
  // Nobody has the old name any more, nor the new one when they are gone.
  const known = () =>
    withTenant(
      stranger,
      (tx) => tx.raw`select word from search_words where word in ('zibeline', 'capucine', 'alouette')`,
    );
  expect((await known()).map(({ word }) => String(word)).toSorted()).toEqual(["alouette", "capucine"]);
  await withTenant(stranger, (tx) => tx.raw`delete from customers where id = ${customerId}`);
  expect(await known()).toHaveLength(0);
});

it("whole words come before beginnings, and a name's first word before another", async () => {
  const shop = await createTenant();
  const member = await createMember(shop);
  for (const displayName of ["Rosemarie Petit", "Léa Marie", "Marie Roux", "Mariette Roux", "Jean Marielle"])
    await createCustomer(shop, { displayName });
  const names = async (search: string) => (await listCustomers(member.ctx, { search })).rows.map(({ name }) => name);
  expect((await names("marie")).slice(0, 2)).toEqual(["Marie Roux", "Léa Marie"]);
  expect((await names("marie")).slice(2).toSorted()).toEqual(["Jean Marielle", "Mariette Roux"]);
  // What stands inside a word is looked for where hardly any begins so.
  expect(await names("arielle")).toEqual(["Jean Marielle"]);
  // A number's last figures are as good as its first, however many begin with them.
  for (const file of ["42421", "42422", "42423"]) await createCustomer(shop, { displayName: `Dossier ${file}` });
  await createCustomer(shop, { displayName: "Odile Vasseur", phone: "+33639984242" });
  expect(await names("4242")).toContain("Odile Vasseur");
});

it.each([
  ["two words that many have", "elodie mar", 1_000],
  ["a word that many have", "martin", 450],
  ["a beginning of a number", "0639900", 450],
  ["part of a number", "39 90 12 3", 450],
  ["a mistyped word", "bernrad", 1_000],
  ["a word of nobody", "xylophoniste", 5],
])("%s: reads indexes, and a bounded number of rows", async (_, search, most) => {
  const read = () =>
    withTenant(tenant, async ({ raw }) => {
      const counted = () =>
        raw.unsafe<{ sequential: number; rows: number }[]>(
          `select seq_scan::int as sequential, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
             from pg_stat_xact_user_tables where relname = 'customer_search'`,
        );
      const [before] = await counted();
      await raw`select from door.search_customers(${search}, 50, true)`;
      const [after] = await counted();
      return { sequential: after!.sequential - before!.sequential, rows: after!.rows - before!.rows };
    });
  const looked = await read();
  expect(looked.sequential).toBe(0);
  expect(looked.rows).toBeLessThanOrEqual(most);
});

it("asks twice for a page: the rows and the count", async () => {
  const queries = await statementsOf(() => list({ segment: "vip" }));
  expect(queries).toHaveLength(2);
});

async function plansOf(run: () => Promise<unknown>, about: RegExp): Promise<string[]> {
  const queries = await statementsOf(run);
  return withTenant(tenant, async (tx) => {
    const plans: string[] = [];
    for (const { query, parameters } of queries.filter((one) => about.test(one.query))) {
      const lines = await tx.raw.unsafe(`explain ${query}`, parameters as never[]);
      plans.push(lines.map((line) => String(line["QUERY PLAN"])).join("\n"));
    }
    return plans;
  });
}
