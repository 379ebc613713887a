import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { testConfig } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { useAppPool, withTenant } from "#db/tenant.ts";
import { identifyFile } from "#server/domains/attachments/identify-file.ts";
import { openStorage } from "#server/storage/index.ts";
import { seedDemo } from "./index.ts";

const database = await testDatabase();
const encryptionKey = `k1:${testConfig().keyRing.keys.get("k1")?.toString("base64")}`;
const folder = mkdtempSync(join(tmpdir(), "guichet-demo-"));
const storage = openStorage({ storage: undefined, dataFolder: folder });
const options = { ownerUrl: database.ownerUrl, appUrl: database.appUrl, encryptionKey, storage };
afterAll(() => rmSync(folder, { recursive: true }));

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
  expect(customers).toBe(43);
});

test("every type of channel has a thread; files lie in storage, mails have bodies, calls their words", async () => {
  useAppPool(database.app);
  const found = await database.app<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  let shops = 0;
  for (const { tenant_id: tenantId } of found) {
    await withTenant({ tenantId }, async ({ raw }) => {
      const types = await raw<{ type: string }[]>`
        select channel_type as type from conversations group by channel_type order by channel_type`;
      if (types.length === 0) return;
      shops += 1;
      expect(types.map(({ type }) => type)).toEqual(["email", "instagram", "phone", "sms", "whatsapp"]);
      const files = await raw<{ key: string; bytes: number; type: string }[]>`
        select storage_key as key, bytes, mime_type as type from attachments`;
      expect(files.length).toBeGreaterThan(1);
      for (const { key, bytes, type } of files) {
        expect(await storage.stat(key)).toEqual({ bytes });
        const head = new Uint8Array(await new Response((await storage.get(key)) as BodyInit).arrayBuffer());
        expect(await identifyFile(head, { type, kind: null })).toMatchObject({ ok: true, mimeType: type });
      }
      const bare = await raw`
        select id from messages message where channel_type = 'email' and direction <> 'internal'
           and not exists (select from mail_bodies body where body.message_id = message.id)`;
      expect(bare).toHaveLength(0);
      const [call] = await raw<{ turns: number; summary: string }[]>`
        select jsonb_array_length(transcript) as turns, summary from call_logs where message_id is not null and status = 'completed'`;
      expect(call?.turns).toBeGreaterThan(4);
    });
  }
  expect(shops).toBe(2);
});

test("no secret of a channel is in the tables in the clear, and two databases share none", async () => {
  useAppPool(database.app);
  const [tenant] = await database.app<{ tenant_id: string }[]>`select tenant_id from door.tenants_for_maintenance()`;
  const dump = await withTenant(
    { tenantId: tenant?.tenant_id ?? "" },
    ({ raw }) => raw`select row_to_json(channel)::text from channel_configurations channel`,
  );
  expect(JSON.stringify(dump)).not.toMatch(/EAAG|IGAA|key_[0-9a-f]{32}/);
});
