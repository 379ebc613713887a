import { expect, test } from "vitest";
import { createConversation, createTenant, systemCtx } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { scansOf } from "#db/testing-plans.ts";
import { testDatabase } from "#db/testing.ts";
import { searchConversations } from "./search-conversations.ts";

const database = await testDatabase();
const tenant = await createTenant();
const small = await createTenant();
const ctx = systemCtx(tenant);

/** Every text says "bonjour", one of forty "facture", one of two thousand "zibeline". */
async function fill(of: { tenantId: string }, count: number): Promise<void> {
  const ids: string[] = [];
  for (let n = 0; n < 5; n++) ids.push((await createConversation(of)).conversationId);
  await withTenant(of, (tx) =>
    tx.raw.unsafe(
      `insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, text, status, occurred_at)
       select $1, door.new_id(), c.id, c.customer_id, c.channel_id, c.channel_type, 'in',
              'bonjour ' || case when n % 40 = 0 then 'facture ' else '' end || case when n % 2000 = 0 then 'zibeline ' else '' end || 'num' || n,
              'received', now() - n * interval '1 minute'
         from unnest($2::uuid[]) with ordinality as one (id, place), conversations c, generate_series(1, $3::int) n
        where c.tenant_id = $1 and c.id = one.id and (n / 40) % 5 = place - 1`,
      [of.tenantId, ids, count] as never[],
    ),
  );
}
await fill(tenant, 30_000);
await fill(small, 50);
await database.owner.unsafe("analyze");

interface Looks {
  table: string;
  sequential: number;
  rows: number;
}

/** What the doors read, as PostgreSQL counts it. */
async function looksOf(of: { tenantId: string }, statement: string): Promise<Looks[]> {
  return withTenant(of, async ({ raw }) => {
    const counted = () =>
      raw.unsafe<Looks[]>(
        `select relname as table, seq_scan::int as sequential, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
           from pg_stat_xact_user_tables where relname in ('search_texts', 'search_words') order by 1`,
      );
    const before = await counted();
    await raw.unsafe(statement);
    const after = await counted();
    return after.map(({ table, sequential, rows }, at) => ({
      table,
      sequential: sequential - before[at]!.sequential,
      rows: rows - before[at]!.rows,
    }));
  });
}
const search = (terms: string) =>
  `select * from door.search_texts('conversation', array[${terms}], null, null, null, null, null, null, 26)`;

test.each([
  ["a word of every text", "'bonjour'", 1_000],
  ["a word of few texts", "'zibeline'", 1_100],
  ["a word of many texts", "'facture'", 3_000],
  ["a short beginning", "'b*'", 1_000],
  ["a beginning", "'zibe*'", 1_100],
  ["a word of none", "'introuvable'", 1_000],
])("%s: the indexes are read, and a bounded number of rows", async (_, terms, most) => {
  const [texts] = await looksOf(tenant, search(terms));
  expect(texts).toMatchObject({ table: "search_texts", sequential: 0 });
  expect(texts!.rows).toBeLessThanOrEqual(most);
});

test("a small business reads its own texts only, beside a large one", async () => {
  const [texts] = await looksOf(small, search("'facture'"));
  expect(texts).toMatchObject({ sequential: 0 });
  expect(texts!.rows).toBeLessThanOrEqual(55);
});

test("likeness is looked up by trigrams: few words are compared", async () => {
  const looks = await looksOf(tenant, "select * from door.similar_words(array['zibelline'], 3)");
  const words = looks.find(({ table }) => table === "search_words");
  expect(words).toMatchObject({ sequential: 0 });
  expect(words!.rows).toBeLessThan(100);
});

test("forgetting a word reads the index, whatever else says it", async () => {
  const looks = await looksOf(tenant, "select door.forget_words(array['zibeline', 'facture'])");
  expect(looks.map(({ sequential }) => sequential)).toEqual([0, 0]);
  expect(looks.find(({ table }) => table === "search_texts")!.rows).toBeLessThan(1_000);
});

test("a search is two statements, four where a word was mistyped, and shows its rows by their keys", async () => {
  const asked = await statementsOf(() => searchConversations(ctx, { query: "bonjour facture" }));
  expect(asked).toHaveLength(2);
  expect(await statementsOf(() => searchConversations(ctx, { query: "zibelline" }))).toHaveLength(4);
  for (const mode of ["custom", "generic"] as const)
    for (const scan of await scansOf(tenant, asked[1]!, mode)) {
      if (scan.table === "messages") expect(scan.node).not.toBe("Seq Scan");
      expect(scan.rows).toBeLessThanOrEqual(50);
    }
});
