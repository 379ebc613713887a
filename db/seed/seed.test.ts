import { expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { useAppPool, withTenant } from "#db/tenant.ts";
import { seedDemo } from "./index.ts";

const database = await testDatabase();
const encryptionKey = `k1:${testConfig().keyRing.keys.get("k1")?.toString("base64")}`;
const options = { ownerUrl: database.ownerUrl, appUrl: database.appUrl, encryptionKey };

test("an empty database gets two businesses and the platform, once", async () => {
  expect(await seedDemo(options)).toBe(true);
  expect(await seedDemo(options)).toBe(false);
  const found = await database.app`select tenant_id from door.tenants_for_maintenance()`;
  expect(found).toHaveLength(3);
});

test("the totals of the seed equal a recount, and every message from a customer has its log row", async () => {
  useAppPool(database.app);
  const found = await database.app<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  let customers = 0;
  for (const { tenant_id: tenantId } of found) {
    await withTenant({ tenantId }, async ({ raw }) => {
      const wrong = await raw`
        select customer.id from customers customer where
          total_messages <> (select count(*) from messages where customer_id = customer.id and direction <> 'internal')
          or total_conversations <> (select count(*) from conversations where customer_id = customer.id)
          or total_tickets <> (select count(*) from tickets where customer_id = customer.id)
          or total_orders <> (select count(*) from customer_activities where customer_id = customer.id and type = 'order')`;
      expect(wrong).toHaveLength(0);
      const unread = await raw`
        select id from conversations conversation
         where unread_count <> (select count(*) from messages where conversation_id = conversation.id and direction = 'in' and not read)`;
      expect(unread).toHaveLength(0);
      const unlogged = await raw`
        select id from messages message where direction = 'in'
           and not exists (select from webhook_logs log where log.id = message.webhook_log_id and log.message_id = message.id)`;
      expect(unlogged).toHaveLength(0);
      const [counted] = await raw<{ customers: number }[]>`select count(*)::int as customers from customers`;
      customers += counted?.customers ?? 0;
    });
  }
  expect(customers).toBe(40);
});

test("no secret of a channel is in the tables in the clear, and two databases share none", async () => {
  useAppPool(database.app);
  const [tenant] = await database.app<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  const dump = await withTenant(
    { tenantId: tenant?.tenant_id ?? "" },
    ({ raw }) => raw`select row_to_json(channel)::text from channel_configurations channel`,
  );
  expect(JSON.stringify(dump)).not.toContain("EAAG");
});
