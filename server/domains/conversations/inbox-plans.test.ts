import { expect, it } from "vitest";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { createLabel } from "#server/domains/labels/save-label.ts";
import { saveView } from "#server/domains/saved-views/save-view.ts";
import { forgetConversationCounts } from "./count-conversations.ts";
import { listConversations } from "./list-conversations.ts";
import type { ListConversationsInput } from "./schemas.ts";
import { wakeDueConversations } from "./wake-conversations.ts";

const database = await testDatabase();

const tenant = await createTenant();
const { ctx, userId } = await createMember(tenant, "manager");
const { labelId } = await createLabel(ctx, { name: "Garantie" });
const { conversationId } = await createConversation(tenant);
for (let i = 0; i < 50; i++) await createLabel(ctx, { name: `Autre ${i}` });
await fill(20_000);

/** Threads that all bear one of many labels, of which nine in ten are open; one in a hundred bears the one that is asked for, waits, or sleeps. */
async function fill(count: number): Promise<void> {
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`insert into conversations
        (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, status, snoozed_until, assignee_id,
         last_message_at, waiting_since, unread_count)
      select tenant_id, gen_random_uuid(), customer_id, channel_id, channel_type, 'handle', n::text,
             case when n % 100 = 1 then 'snoozed' when n % 100 = 2 then 'spam' when n % 10 = 3 then 'resolved' else 'open' end,
             case when n % 100 = 1 then now() + interval '1 day' end, case when n % 7 = 0 then ${userId}::uuid end,
             now() - n * interval '1 minute', case when n % 100 = 5 then now() - interval '3 hours' end, (n % 50 = 0)::int
        from conversations, generate_series(1, ${count}) n where tenant_id = ${tenant.tenantId} and id = ${conversationId}`;
    await sql`insert into conversation_labels (tenant_id, conversation_id, label_id)
      select tenant_id, id, ${labelId} from conversations where tenant_id = ${tenant.tenantId} and address_value like '%17'`;
    await sql`insert into conversation_labels (tenant_id, conversation_id, label_id)
      select thread.tenant_id, thread.id, label.id
        from (select tenant_id, id, row_number() over () as n from conversations where tenant_id = ${tenant.tenantId}) thread
        join (select id, row_number() over () as n from labels where tenant_id = ${tenant.tenantId} and id <> ${labelId}) label
          on label.n = 1 + thread.n % 50`;
  });
  await database.owner`analyze conversations, conversation_labels, labels`;
}

const asked: [string, ListConversationsInput][] = [
  ["open", {}],
  ["mine", { view: "mine" }],
  ["snoozed", { view: "snoozed" }],
  ["spam", { view: "spam" }],
  ["assignee", { filter: { assignee: userId } }],
  ["label", { filter: { labelId } }],
  ["unread", { filter: { unread: true } }],
];

it.each(asked)("reads a page of %s by its index, whatever else there is", async (_name, input) => {
  await listConversations(ctx, input);
  const [page] = (await statementsOf(() => listConversations(ctx, input))).filter(({ query }) =>
    query.includes("conversation_labels borne join"),
  );
  for (const mode of ["custom", "generic"] as const) {
    const scans = await scansOf(ctx, page!, mode);
    const read = scans.filter(({ table }) => table === "conversations" || table === "conversation_labels");
    expect(read.length).toBeGreaterThan(1);
    expect(read.filter(({ node }) => node === "Seq Scan")).toEqual([]);
    // Labels are looked up for the rows that are shown, and for what bears the one that is asked for.
    for (const { rows } of read.filter(({ table }) => table === "conversation_labels"))
      expect(rows).toBeLessThanOrEqual(1_000);
  }
});

it("looks at rows that changed by their ids, and at no others", async () => {
  const { rows } = await listConversations(ctx, { limit: 100 });
  const input = { among: rows.map(({ id }) => id), limit: 100 };
  const [page] = (await statementsOf(() => listConversations(ctx, input))).filter(({ query }) =>
    query.includes("conversation_labels borne join"),
  );
  for (const mode of ["custom", "generic"] as const) {
    const read = (await scansOf(ctx, page!, mode)).filter(({ table }) => table === "conversations");
    expect(read.length).toBeGreaterThan(0);
    for (const { rows: looked } of read) expect(looked).toBeLessThanOrEqual(100);
  }
});

it("is two statements for who has views, none of them more within five seconds", async () => {
  await listConversations(ctx);
  forgetConversationCounts(tenant.tenantId);
  expect(await statementsOf(() => listConversations(ctx))).toHaveLength(2);
  expect(await statementsOf(() => listConversations(ctx))).toHaveLength(1);
  await saveView(ctx, { area: "inbox", name: "Garantie", query: { view: "open", label: labelId } });
  const other = await createMember(tenant);
  await listConversations(other.ctx);
  forgetConversationCounts(tenant.tenantId);
  expect((await statementsOf(() => listConversations(other.ctx))).length).toBeLessThanOrEqual(3);
});

it("finds who is to be woken by an index of those that sleep", async () => {
  const [due] = (await statementsOf(() => wakeDueConversations(ctx.clock, () => ctx))).filter(({ query }) =>
    query.includes("door.due"),
  );
  expect(due).toBeDefined();
  const plan = await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    return sql<{ "QUERY PLAN": string }[]>`explain select id from conversations
      where snoozed_until is not null and snoozed_until <= now() order by snoozed_until limit 500`;
  });
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("conversations_snoozed");
});
