import { getTableColumns, getTableName, is } from "drizzle-orm";
import { getTableConfig, PgTable } from "drizzle-orm/pg-core";
import { describe, expect, test } from "vitest";
import { newId } from "#server/core/ids.ts";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "./factories.ts";
import { createAppointment, createService } from "./factories-appointments.ts";
import { createProspect } from "./factories-prospects.ts";
import * as schema from "./schema/index.ts";
import { withTenant } from "./tenant.ts";
import { testDatabase } from "./testing.ts";

const database = await testDatabase();
await database.owner`select door.make_log_partitions(current_date, 1)`;

// Tenant A has a row in every table; B tries to reach them.
const a = await createTenant({ name: "A" });
const b = await createTenant({ name: "B" });
const member = await createMember(a, "owner");
const channel = await createChannel(a, { provider: "whatsapp" });
const customer = await createCustomer(a);
const conversation = await createConversation(a, { channel, customer });
const message = await createMessage(conversation);
const ticket = await createTicket(a);

const tables = (Object.values(schema) as unknown[])
  .filter((value): value is PgTable => is(value, PgTable))
  .filter((table) => getTableConfig(table).schema === undefined);
const key = (table: PgTable) => (getTableName(table) === "tenants" ? "id" : "tenant_id");

/** What columns of these names point to in A. */
const known: Record<string, string> = {
  tenant_id: a.tenantId,
  user_id: member.userId,
  customer_id: customer.customerId,
  channel_id: channel.channelId,
  conversation_id: conversation.conversationId,
  message_id: message.messageId,
  ticket_id: ticket.ticketId,
  call_id: newId(),
  owner_id: member.userId,
  alert_id: newId(),
  label_id: newId(),
  rule_id: newId(),
  team_id: newId(),
  author_id: member.userId,
  bulk_change_id: newId(),
};

/** A row for a table that no factory fills, made from the schema: the first allowed value of each type. */
async function fill(table: PgTable): Promise<void> {
  const required = Object.values(getTableColumns(table)).filter(
    (column) => column.notNull && !column.hasDefault && !column.generated,
  );
  const values = required.map((column) => {
    if (known[column.name]) return known[column.name]!;
    if (column.enumValues?.length) return column.enumValues[0]!;
    const type = column.getSQLType();
    if (type === "uuid") return newId();
    if (type.startsWith("timestamp")) return new Date().toISOString();
    if (type === "date") return "2026-12-25";
    if (type === "jsonb") return "{}";
    if (type === "boolean") return "true";
    if (type === "integer" || type === "bigint" || type === "smallint") return "1";
    return type === "bytea" ? "\\x00" : "x";
  });
  // The owner is under forced row-level security as well: it names the tenant like everybody else.
  await database.owner.begin(async (tx) => {
    await tx`select set_config('app.tenant_id', ${a.tenantId}, true)`;
    const names = required.map((column) => `"${column.name}"`).join(", ");
    const places = required.map((column, index) => `$${index + 1}::text::${column.getSQLType()}`).join(", ");
    await tx.unsafe(`insert into "${getTableName(table)}" (${names}) values (${places})`, values);
  });
}

await withTenant(a, (tx) =>
  tx.insert(schema.callLogs).values({
    tenantId: a.tenantId,
    id: known.call_id!,
    channelId: channel.channelId,
    provider: "vapi",
    externalId: "call-1",
    direction: "in",
    status: "ringing",
    startedAt: new Date(),
  }),
);

await withTenant(a, (tx) => tx.insert(schema.teams).values({ tenantId: a.tenantId, id: known.team_id!, name: "x" }));
await withTenant(a, (tx) =>
  tx.insert(schema.labels).values({ tenantId: a.tenantId, id: known.label_id!, name: "x", colour: "grey" }),
);

const rule = { name: "x", position: 0, event: "ticket_opened" } as const;
await withTenant(a, (tx) =>
  tx.insert(schema.automationRules).values({ ...rule, actions: [], tenantId: a.tenantId, id: known.rule_id! }),
);

const service = await createService(a, [member.userId]);
const appointment = { userId: member.userId, customerId: customer.customerId, startsAt: new Date() };
const { appointmentId } = await createAppointment(service, appointment);
await createProspect(a, { customerId: customer.customerId });
const entryId = newId();
const opensAt = new Date();
const wanted = { serviceId: service.serviceId, fromAt: opensAt, untilAt: new Date(Number(opensAt) + 1) };
await withTenant(a, async (tx) => {
  const told = { appointmentId, kind: "confirmation", dueAt: opensAt } as const;
  await tx.insert(schema.appointmentMessages).values({ ...told, tenantId: a.tenantId, id: newId() });
  const entry = { ...wanted, source: "web", customerId: customer.customerId } as const;
  await tx.insert(schema.waitlistEntries).values({ ...entry, tenantId: a.tenantId, id: entryId });
  const offer = { entryId, userId: member.userId, startsAt: opensAt, status: "lapsed", expiresAt: opensAt } as const;
  await tx.insert(schema.waitlistOffers).values({ ...offer, tenantId: a.tenantId, id: newId() });
});
await withTenant(a, async (tx) => {
  const one = { tenantId: a.tenantId, userId: member.userId };
  const calendar = { id: newId(), addressSealed: "x", host: "x", dueAt: new Date() };
  await tx.insert(schema.busyCalendars).values({ ...one, ...calendar });
  await tx.insert(schema.busyBlocks).values({ ...one, startsAt: new Date(), endsAt: new Date(Date.now() + 3_600_000) });
});
await withTenant(a, (tx) =>
  tx.insert(schema.timeOff).values({
    tenantId: a.tenantId,
    id: newId(),
    userId: member.userId,
    startsAt: new Date(),
    endsAt: new Date(Date.now() + 1),
  }),
);

const opened = { openedAt: new Date(), lastSeenAt: new Date() };
await withTenant(a, (tx) =>
  tx
    .insert(schema.alerts)
    .values({ tenantId: a.tenantId, id: known.alert_id!, kind: "x", key: "x", severity: "warning", ...opened }),
);

await withTenant(a, (tx) =>
  tx.insert(schema.ticketBulkChanges).values({
    tenantId: a.tenantId,
    id: known.bulk_change_id!,
    filter: {},
    change: {},
    total: 1,
    lastId: newId(),
    requestedBy: member.userId,
    startedAt: new Date(),
    steppedAt: new Date(),
  }),
);

describe.each(tables.map((table) => ({ name: getTableName(table), table })))("$name", ({ name, table }) => {
  test("has a row of A, and B sees, changes, removes and forges none", async () => {
    const count = () =>
      withTenant(a, async (tx) => Number((await tx.raw.unsafe(`select count(*) from "${name}"`))[0]?.count));
    if ((await count()) === 0) await fill(table);
    const before = await count();
    expect(before).toBeGreaterThan(0);

    await withTenant(b, async (tx) => {
      const rows = await tx.raw.unsafe(`select 1 from "${name}" where "${key(table)}" = '${a.tenantId}'`);
      expect(rows).toHaveLength(0);
    });
    const attempts = [
      `update "${name}" set "${key(table)}" = "${key(table)}" where "${key(table)}" = '${a.tenantId}'`,
      `delete from "${name}" where "${key(table)}" = '${a.tenantId}'`,
    ];
    for (const attempt of attempts) {
      const changed = await withTenant(b, (tx) => tx.raw.unsafe(attempt)).then(
        (result) => result.count,
        (error: Error) => (/permission denied/.test(error.message) ? 0 : Promise.reject(error)),
      );
      expect([attempt, changed]).toEqual([attempt, 0]);
    }
    // A copy of A's row, written by B: refused by the policy or by the missing grant.
    const forge = withTenant(b, (tx) =>
      tx.raw.unsafe(`insert into "${name}" ("${key(table)}") values ('${a.tenantId}')`),
    );
    await expect(forge).rejects.toThrow(/row-level security|permission denied/);
    expect(await count()).toBe(before);
  });

  test("a session without a tenant sees no row", async () => {
    const [row] = await database.app.unsafe(`select count(*)::int as count from "${name}"`);
    expect(row?.count).toBe(0);
  });
});

describe("around the tables", () => {
  test("partitions cannot be read past their parent", async () => {
    const partitions = await database.owner<
      { name: string }[]
    >`select oid::regclass::text as name from pg_class where relispartition and relkind = 'r' and relnamespace = 'public'::regnamespace`;
    expect(partitions.length).toBeGreaterThan(0);
    for (const { name } of partitions) {
      await expect(database.app.unsafe(`select * from ${name}`)).rejects.toThrow(/permission denied/);
    }
  });

  test("views show B nothing of A, and nobody anything without a tenant", async () => {
    const views = await database.owner<{ name: string; options: string[] | null }[]>`
      select oid::regclass::text as name, reloptions as options from pg_class where relkind = 'v' and relnamespace in ('public'::regnamespace, 'compat'::regnamespace)`;
    expect(views.length).toBeGreaterThan(6);
    for (const view of views) {
      expect([view.name, view.options]).toEqual([view.name, ["security_invoker=true"]]);
      const [alone] = await database.app.unsafe(`select count(*)::int as count from ${view.name}`);
      expect([view.name, alone?.count]).toEqual([view.name, 0]);
      const seen = await withTenant(b, (tx) =>
        tx.raw.unsafe(`select to_jsonb(shown)::text as row from ${view.name} shown`),
      );
      expect(seen.filter((row) => String(row.row).includes(a.tenantId))).toEqual([]);
    }
  });

  test("a row cannot point into another tenant", async () => {
    const theirs = createTicket(b, { customerId: customer.customerId });
    await expect(theirs).rejects.toThrow(/Failed query/);
  });
});
