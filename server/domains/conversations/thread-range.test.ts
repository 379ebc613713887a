import { expect, it } from "vitest";
import { createConversation, createMember, createMessage, createTenant } from "#db/factories.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { listThread } from "./list-thread.ts";

const database = await testDatabase();
const tenant = await createTenant();
const { ctx } = await createMember(tenant, "agent");
const { conversationId } = await createConversation(tenant);
const other = await createConversation(tenant);
await fill(5_000);

/** `m1` to `m5000`, two in every second, and as many in another conversation. */
async function fill(count: number): Promise<void> {
  for (const into of [conversationId, other.conversationId])
    await database.owner.begin(async (sql) => {
      await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
      await sql`insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, text, status, occurred_at)
        select tenant_id, gen_random_uuid(), id, customer_id, channel_id, channel_type, 'in', 'text', 'm' || n, 'received',
               '2026-03-01T08:00:00Z'::timestamptz + (n / 2) * interval '1 second'
          from conversations, generate_series(1, ${count}) n where tenant_id = ${tenant.tenantId} and id = ${into}`;
    });
  await database.owner`analyze messages`;
}

async function idsInOrder(): Promise<string[]> {
  return database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    const rows = await sql<
      { id: string }[]
    >`select id from messages where conversation_id = ${conversationId} order by occurred_at, id`;
    return rows.map(({ id }) => id);
  });
}

const idsOf = (page: Awaited<ReturnType<typeof listThread>>) => page.messages.map(({ id }) => id);

it("walks from any message to both ends without a hole or a message twice", async () => {
  const all = await idsInOrder();
  const middle = await listThread(ctx, { conversationId, around: all[2_500], limit: 200 });
  expect(idsOf(middle)).toEqual(all.slice(2_401, 2_601));

  const walked = idsOf(middle);
  for (let cursor = middle.newerCursor; cursor;) {
    const page = await listThread(ctx, { conversationId, after: cursor, limit: 200 });
    walked.push(...idsOf(page));
    cursor = page.newerCursor;
  }
  for (let cursor = middle.olderCursor; cursor;) {
    const page = await listThread(ctx, { conversationId, before: cursor, limit: 200 });
    walked.unshift(...idsOf(page));
    cursor = page.olderCursor;
  }
  expect(walked).toEqual(all);
});

it("says at each end that nothing goes on", async () => {
  const all = await idsInOrder();
  const first = await listThread(ctx, { conversationId, around: all[0], limit: 10 });
  expect(idsOf(first)).toEqual(all.slice(0, 6));
  expect(first.olderCursor).toBeNull();
  expect(first.newerCursor).not.toBeNull();
  const last = await listThread(ctx, { conversationId, around: all.at(-1), limit: 10 });
  expect(idsOf(last)).toEqual(all.slice(-5));
  expect(last.olderCursor).not.toBeNull();
  expect(last.newerCursor).toBeNull();
});

it("has nothing around a message of another conversation, or of another tenant", async () => {
  const elsewhere = await createMessage(other, { text: "ailleurs" });
  expect((await listThread(ctx, { conversationId, around: elsewhere.messageId })).messages).toEqual([]);
  const strange = await createMember(await createTenant(), "agent");
  const [id] = await idsInOrder();
  expect((await listThread(strange.ctx, { conversationId, around: id })).messages).toEqual([]);
});

it.each(["custom", "generic"] as const)(
  "reads as many rows as the page shows, wherever it is: %s plan",
  async (mode) => {
    const all = await idsInOrder();
    const middle = await listThread(ctx, { conversationId, around: all[2_500] });
    const places = [{}, { around: all[2_500] }, { before: middle.olderCursor }, { after: middle.newerCursor }];
    for (const place of places) {
      const said = (await statementsOf(() => listThread(ctx, { conversationId, ...place }))).filter(({ query }) =>
        query.includes("from messages"),
      );
      expect(said).toHaveLength(1);
      const scans = (await scansOf(ctx, said[0]!, mode)).filter(({ table }) => table === "messages");
      const looked = scans.reduce((sum, { rows, loops }) => sum + rows * loops, 0);
      expect(looked).toBeLessThan(2 * 52 + 1);
    }
  },
);
