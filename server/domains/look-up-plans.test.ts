import { expect, test } from "vitest";
import {
  createChannel,
  createConversation,
  createMember,
  createTenant,
  createTicket,
  systemCtx,
} from "#db/factories.ts";
import { addMany } from "#db/factories-many.ts";
import { withTenant } from "#db/tenant.ts";
import { leakyConditionsOf, scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { dryRun } from "./automation/dry-run.ts";
import type { DryRunInput } from "./automation/schemas.ts";
import { openPerson } from "./conversations/open-person.ts";
import { receiveMessages } from "./conversations/receive-messages.ts";
import { countErasure } from "./erasure/count-erasure.ts";
import { searchAtOnce } from "./search/search-at-once.ts";
import { getSurveyFigures } from "./surveys/survey-figures.ts";

/**
 * What is looked up by ids that come from other rows, among thousands: by an index, as guichet_app. Under row-level security one
 * word around an id, a coalesce or a sub-select, makes it a look at everything that the business has.
 */
const database = await testDatabase();
const many = 3_000;
/** Rows of one of the large tables that one statement may look at: there are a few of each that are meant. */
const few = 150;

const tenant = await createTenant();
const { ctx } = await createMember(tenant, "owner");
const channel = await createChannel(tenant, { provider: "instagram", channelType: "instagram" });
await fill();
const thread = await createConversation(tenant, { channel, addressKind: "handle", addressValue: "6120000000012345" });
for (let opened = 0; opened < 5; opened++) await createTicket(tenant, { conversationId: thread.conversationId });
for (let said = 0; said < 5; said++) await say("in", `said-${said}`, `Bonjour ${said}`);
await withTenant(
  tenant,
  ({ raw }) => raw`
    insert into surveys (tenant_id, id, conversation_id, customer_id, channel_type, status, message_id, resolved_at, due_at)
    select tenant_id, id, conversation_id, customer_id, 'instagram', 'asked', id, now(), now() - interval '1 hour'
      from messages where tenant_id = ${tenant.tenantId} limit 20`,
);
await database.owner`analyze`;

/** Of long ago, by their ids too. */
async function fill(): Promise<void> {
  const id = (kind: number) => `('00000000-0000-7000-8000-${kind}' || lpad(to_hex(n), 11, '0'))::uuid`;
  await withTenant(tenant, async ({ raw }) => {
    const rows = `generate_series(1, ${many}) n cross join (select $1::uuid as tenant, now() - interval '60 days' as at) old`;
    const run = (sql: string, ...more: string[]) => raw.unsafe(sql, [tenant.tenantId, ...more]);
    await run(
      `insert into customers (tenant_id, id, display_name, created_at) select tenant, ${id(1)}, 'Client ' || n, at from ${rows}`,
    );
    await run(
      `insert into conversations (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, status, last_message_at, created_at)
       select tenant, ${id(2)}, ${id(1)}, $2::uuid, 'instagram', 'handle', n::text, 'open', at, at from ${rows}`,
      channel.channelId,
    );
    await run(
      `insert into tickets (tenant_id, id, number, subject, customer_id, conversation_id, created_at)
       select tenant, ${id(3)}, 100000 + n, 'Demande', ${id(1)}, ${id(2)}, at from ${rows}`,
    );
    await run(
      `insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, text, status, occurred_at)
       select tenant, ${id(4)}, ${id(2)}, ${id(1)}, $2::uuid, 'instagram', 'out', 'text', 'Bonjour', 'sent', at from ${rows}`,
      channel.channelId,
    );
    await run(
      `insert into attachments (tenant_id, id, message_id, kind, status, created_at)
       select tenant, ${id(5)}, ${id(4)}, 'image', 'expired', at from ${rows}`,
    );
    await addMany.call_logs(raw, tenant.tenantId, many);
  });
}

async function say(direction: "in" | "out", messageId: string, text: string): Promise<void> {
  await receiveMessages(systemCtx(tenant), [
    {
      channelId: channel.channelId,
      webhookLogId: null,
      event: {
        kind: "message",
        direction,
        messageId,
        person: { identities: [{ kind: "instagram_id", value: "6120000000012345" }], name: "@camille" },
        content: { kind: "text", text, media: [], data: null },
        replyToId: null,
        occurredAt: new Date(),
      },
    },
  ]);
}

const tried = (rule: Pick<DryRunInput, "event">) =>
  dryRun(ctx, { ...rule, conditions: [], actions: [{ do: "priority", value: "urgent" }] });

const asked: [string, (run: number) => Promise<unknown>][] = [
  ["what a rule would have done with messages", () => tried({ event: "message_received" })],
  ["what a rule would have done with tickets", () => tried({ event: "ticket_opened" })],
  ["what was said elsewhere in our name", (run) => say("out", `echo-${run}`, `Répondu au téléphone ${run}`)],
  [
    "by which ways a customer is answered",
    () => openPerson(ctx, { customerId: thread.customerId, via: thread.conversationId }),
  ],
  ["who is found by name", () => searchAtOnce(ctx, { query: "client 2999" })],
  ["what an erasure takes away", () => countErasure(ctx, { customerId: thread.customerId })],
  ["which questions of a survey never arrived", () => getSurveyFigures(ctx, {})],
];

test.each(asked)("%s is looked up by index", async (_name, ask) => {
  await ask(1);
  const statements = await statementsOf(() => ask(2));
  for (const statement of statements) expect(await leakyConditionsOf(tenant, statement)).toEqual([]);
  // What adds rows would add them twice, and what happened lately is a stretch of its table.
  const again = statements.filter(({ query }) => !/\b(insert into|delete from)\b|order by past\.at/i.test(query));
  expect(again).not.toEqual([]);
  for (const statement of again) {
    for (const mode of ["custom", "generic"] as const) {
      const scans = (await scansOf(tenant, statement, mode)).filter(({ table }) =>
        ["attachments", "call_logs", "conversations", "customers", "messages", "tickets"].includes(table),
      );
      const looked = scans.reduce((sum, { rows }) => sum + rows, 0);
      expect(looked, `${mode} plan of ${statement.query}`).toBeLessThanOrEqual(few);
    }
  }
});
