import { expect, test } from "vitest";
import { addMany } from "#db/factories-many.ts";
import { createConversation, createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { listPastAlerts } from "./alerts/list-alerts.ts";
import { listAppointments } from "./appointments/list-appointments.ts";
import { listRules } from "./automation/list-rules.ts";
import { listRuns } from "./automation/list-runs.ts";
import { listCalls } from "./calls/list-calls.ts";
import { listConversations } from "./conversations/list-conversations.ts";
import { listActivities } from "./customers/list-activities.ts";
import { listCustomers } from "./customers/list-customers.ts";
import { listNotifications } from "./notifications/list-notifications.ts";
import { listProspects } from "./prospects/list-prospects.ts";
import { listSurveys } from "./surveys/list-surveys.ts";
import { listTemplates } from "./templates/list-templates.ts";
import { getTicket } from "./tickets/get-ticket.ts";
import { listWaitlist } from "./waitlist/list-waitlist.ts";

/**
 * Every list that grows with the work: its tenth page is read by keys from an index, as guichet_app, and looks at no more
 * than it shows. The queue, the log and threads have plans of their own (queue-plans, log-plans, thread-range).
 */
const database = await testDatabase();
const many = 3_000;

const tenant = await createTenant();
const { ctx } = await createMember(tenant, "owner");
const { customerId, channelId } = await createConversation(tenant);
const { ticketId, number } = await createTicket(tenant);
await fill();
const [rule] = await listRules(ctx);
const ruleId = rule!.id;

async function fill(): Promise<void> {
  await withTenant(tenant, async ({ raw }) => {
    await raw`
      insert into customers (tenant_id, id, display_name, opening_revenue_cents, created_at)
      select ${tenant.tenantId}, gen_random_uuid(), 'Client ' || n, n, now() - n * interval '1 minute' from generate_series(1, ${many}::int) n`;
    await raw`
      insert into conversations (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, status, last_message_at)
      select tenant_id, gen_random_uuid(), id, ${channelId}, 'whatsapp', 'handle', id::text, 'open', created_at
        from customers where tenant_id = ${tenant.tenantId} and id <> ${customerId}`;
    await raw`
      insert into customer_activities (tenant_id, id, customer_id, type, occurred_at)
      select ${tenant.tenantId}, gen_random_uuid(), ${customerId}, 'note', now() - n * interval '1 minute' from generate_series(1, ${many}::int) n`;
    await raw`
      insert into ticket_events (tenant_id, id, ticket_id, type, actor_type, data)
      select ${tenant.tenantId}, gen_random_uuid(), ${ticketId}, 'note', 'system', '{"text": "Rappelle demain"}' from generate_series(1, ${many}::int) n`;
    await raw`
      insert into message_templates (tenant_id, id, channel_id, name, language, status, body)
      select ${tenant.tenantId}, gen_random_uuid(), ${channelId}, 'modele_' || n, 'fr', 'approved', 'Bonjour' from generate_series(1, ${many}::int) n`;
    for (const fill of Object.values(addMany)) await fill(raw, tenant.tenantId, many);
  });
  await database.owner`analyze`;
}

/** A list, the table that its rows stand in, how many a page shows, and how one asks for what follows. */
type List = [name: string, table: string, page: number, ask: (cursor?: string) => Promise<string | null>];

const lists: List[] = [
  ["conversations", "conversations", 50, async (cursor) => (await listConversations(ctx, { cursor })).nextCursor],
  [
    "templates",
    "message_templates",
    100,
    async (cursor) => (await listTemplates(ctx, { channelId, cursor })).nextCursor,
  ],
  [
    "a customer's history",
    "customer_activities",
    30,
    async (after) => (await listActivities(ctx, { customerId, after })).next,
  ],
  ["a ticket's story", "ticket_events", 200, async (before) => (await getTicket(ctx, { number, before })).earlier],
  ["notifications", "notifications", 50, async (cursor) => (await listNotifications(ctx, { cursor })).nextCursor],
  ["alerts that are over", "alerts", 30, async (after) => (await listPastAlerts(ctx, { after })).next],
  ["calls", "call_logs", 50, async (cursor) => (await listCalls(ctx, { cursor })).nextCursor],
  ["appointments", "appointments", 50, async (after) => (await listAppointments(ctx, { after })).next],
  [
    "past appointments",
    "appointments",
    50,
    async (after) => (await listAppointments(ctx, { after, direction: "desc" })).next,
  ],
  ["who waits", "waitlist_entries", 50, async (after) => (await listWaitlist(ctx, { after })).next],
  ["a rule's runs", "automation_runs", 50, async (cursor) => (await listRuns(ctx, { ruleId, cursor })).nextCursor],
  [
    "what a rule did",
    "automation_runs",
    50,
    async (cursor) => (await listRuns(ctx, { ruleId, outcome: "done", cursor })).nextCursor,
  ],
  ...(["recent", "name", "revenue"] as const).map((sort): List => [
    `customers by ${sort}`,
    "customers",
    50,
    async (after) => (await listCustomers(ctx, { sort, after })).next,
  ]),
  ...(["asked", "answered", "not_sent"] as const).map((state): List => [
    `surveys, ${state}`,
    "surveys",
    50,
    async (cursor) => (await listSurveys(ctx, { state, days: 365, cursor })).nextCursor,
  ]),
  ...(["recent", "score", "follow_up"] as const).map((sort): List => [
    `prospects by ${sort}`,
    "prospects",
    50,
    async (after) => (await listProspects(ctx, { sort, after })).next,
  ]),
];

test.each(lists)("page ten of %s looks at what it shows", async (_name, table, page, ask) => {
  let cursor = await ask();
  for (let turned = 2; turned < 10; turned++) cursor = await ask(cursor!);
  expect(cursor).not.toBeNull();
  const reads = new RegExp(`from "?${table}"?\\b[^]*[<>] \\(?\\$\\d[^]*\\blimit\\b`);
  const statements = (await statementsOf(() => ask(cursor!))).filter(
    ({ query }) => reads.test(query) && !query.includes("count(*)"),
  );
  expect(statements).toHaveLength(1);
  expect(statements[0]!.query).not.toMatch(/\boffset (?!0\b)/);
  for (const mode of ["custom", "generic"] as const) {
    const scans = (await scansOf(tenant, statements[0]!, mode)).filter((scan) => scan.table === table);
    expect(scans.map(({ node }) => node)).not.toContain("Seq Scan");
    // The one more that tells whether a page follows.
    expect(Math.max(...scans.map(({ rows }) => rows))).toBeLessThanOrEqual(page + 1);
  }
});

test("page ten of who waited once looks at a page of each way in which that ended", async () => {
  const ask = (after?: string) => listWaitlist(ctx, { status: "done", after });
  let page = await ask();
  for (let turned = 2; turned < 10; turned++) page = await ask(page.next!);
  const [statement] = await statementsOf(() => ask(page.next!));
  for (const mode of ["custom", "generic"] as const) {
    const scans = (await scansOf(tenant, statement!, mode)).filter(({ table }) => table === "waitlist_entries");
    expect(scans.map(({ index }) => index)).toEqual(Array.from({ length: 3 }, () => "waitlist_entries_order"));
    expect(scans.every(({ rows }) => rows <= 51)).toBe(true);
  }
});

test("whose last day of waiting has passed is found by an index of those who wait", async () => {
  const plan = await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    return sql<{ "QUERY PLAN": string }[]>`explain select id from waitlist_entries
      where status = 'waiting' and until_at <= now() order by until_at limit 100`;
  });
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toContain("waitlist_entries_until");
});
