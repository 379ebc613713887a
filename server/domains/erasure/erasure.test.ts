import { describe, expect, test } from "vitest";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { emptyRemovals } from "#server/domains/attachments/empty-removals.ts";
import { openFiles } from "#server/domains/attachments/testing.ts";
import { addCustomerNote } from "#server/domains/customers/customer-notes.ts";
import { getCustomer } from "#server/domains/customers/get-customer.ts";
import { listCustomers } from "#server/domains/customers/list-customers.ts";
import { countReplay } from "#server/domains/webhook-logs/count-replay.ts";
import { getWebhookLog } from "#server/domains/webhook-logs/get-webhook-log.ts";
import { replayWebhookLog } from "#server/domains/webhook-logs/replay-webhook-log.ts";
import { listThread } from "#server/domains/conversations/list-thread.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import { logsOf, post, startEdge, whatsappPost } from "#server/webhooks/testing.ts";
import { countErasure } from "./count-erasure.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { findWord, plant, tablesOfPeople } from "./testing.ts";
import type { Shop } from "./testing-shop.ts";
import { fill, openShop, phone, word } from "./testing-shop.ts";

const database = await testDatabase();
const edge = await startEdge();
const files = openFiles();
const shop = () => openShop(edge);

const totals = (one: Shop, customerId: string) =>
  one.rows(
    `select total_messages, total_conversations, total_tickets, total_orders, last_contact_at, created_at from customers where id = '${customerId}'`,
  );
const counts = async (one: Shop) =>
  Object.fromEntries(
    await Promise.all(
      [
        "messages",
        "conversations",
        "call_logs",
        "tickets",
        "webhook_logs",
        "webhook_deliveries",
        "customer_activities",
      ].map(
        async (table) =>
          [table, (await one.rows(`select count(*)::int as count from ${table}`))[0]?.["count"]] as const,
      ),
    ),
  );

describe("erasing a customer", () => {
  test("leaves no word of theirs in any column of any table, nor in storage, and every count as it was", async () => {
    const one = await shop();
    const customerId = await fill(one);
    const phones = await findWord(database, one.tenantId, phone.slice(2));
    expect(phones.length).toBeGreaterThan(8);
    const before = [await totals(one, customerId), await counts(one)];
    const keys = (
      await one.rows(
        // The message's file, the call's recording, the mail as it came.
        `select key from (select storage_key as key, case when call_id is null then 1 else 2 end as place from attachments
           union all select raw_key, 3 from mail_bodies) kept order by place`,
      )
    ).map((row) => String(row["key"]).split("/").at(-1)!);
    expect(files.names()).toEqual(expect.arrayContaining(keys));
    // Found by who they are: what they are called elsewhere is planted afterwards, but for what finds their events.
    const counted = await countErasure(one.ctx, { customerId });
    expect(counted.counts).toMatchObject({ conversations: 1, calls: 1, tickets: 1, files: 2, events: 1 });

    const identities = await one.rows<{ id: string; value: string; raw: string | null }>(
      "select id, value, raw from customer_identities",
    );
    const planted = await plant(database, one.tenantId, word);
    expect(new Set(planted.map((name) => name.split(".")[0]))).toEqual(
      new Set(tablesOfPeople.filter((table) => table !== "customer_communication_preferences")),
    );
    // Their storage keys and addresses are what they were.
    await withTenant(one, async (tx) => {
      for (const { id, value, raw } of identities) {
        await tx.raw`update customer_identities set value = ${value}, raw = ${raw} where id = ${id}`;
      }
      const [file, recording, mail] = keys;
      await tx.raw`update attachments set storage_key = ${`${one.tenantId}/${file!}`} where message_id is not null`;
      await tx.raw`update attachments set storage_key = ${`${one.tenantId}/${recording!}`} where call_id is not null`;
      await tx.raw`update mail_bodies set raw_key = ${`${one.tenantId}/mail/${mail!}`}`;
    });

    await eraseCustomer(one.ctx, { customerId });
    expect(await findWord(database, one.tenantId, word)).toEqual([]);
    expect(await findWord(database, one.tenantId, phone.slice(2))).toEqual([]);
    expect([await totals(one, customerId), await counts(one)]).toEqual(before);
    await emptyRemovals({ now: () => new Date(Date.now() + 3_600_000) }, (tenantId) =>
      contextFor(tenantId, { type: "job", name: "test" }),
    );
    expect(files.names().filter((name) => keys.includes(name))).toEqual([]);
    const [conversation] = await one.rows<{ id: string }>("select id from conversations");
    const conversationId = conversation!.id;
    const { messages } = await listThread(one.ctx, { conversationId });
    expect(new Set(messages.map(({ text, data }) => JSON.stringify({ text, data })))).toEqual(
      new Set([JSON.stringify({ text: "", data: { erased: true } })]),
    );
    const reply = replyToConversation(one.ctx, { conversationId, text: "Bonjour", idempotencyKey: newId() });
    await expect(reply).rejects.toMatchObject({ reason: "opted_out" });
    const traces = await one.rows("select data from audit_log where action = 'customer.erase'");
    expect(traces).toMatchObject([{ data: { conversations: 1, calls: 1, tickets: 1, events: 1 } }]);
    expect((await getCustomer(one.ctx, { customerId })).customer).toMatchObject({
      displayName: "Client effacé",
      phone: null,
    });
    await expect(addCustomerNote(one.ctx, { customerId, content: word })).rejects.toMatchObject({
      reason: "customer_erased",
    });
    expect((await listCustomers(one.ctx, {})).rows).toEqual([]);
    expect((await listCustomers(one.ctx, { search: "effacé" })).rows).toEqual([]);
  });

  test("told again, their old messages stay away; written anew, they are somebody new", async () => {
    const one = await shop();
    const id = `wamid.${one.tenantId}`;
    const body = await one.say({ id, from: phone, text: word });
    const customerId = await one.firstCustomer();
    await eraseCustomer(one.ctx, { customerId });

    await post(`${edge.url}/webhooks/whatsapp`, body, one.channel.credentials.app_secret!);
    const status = { id, status: "read", timestamp: String(Math.floor(Date.now() / 1000)), recipient_id: phone };
    await post(
      `${edge.url}/webhooks/whatsapp`,
      whatsappPost({ channel: one.channel, statuses: [status] }),
      one.channel.credentials.app_secret!,
    );
    await edge.drain.emptied(one.tenantId);
    expect((await logsOf(one)).map((row) => row.status)).toEqual(["processed", "duplicate", "duplicate"]);
    expect(await findWord(database, one.tenantId, word)).toEqual([]);
    expect(await findWord(database, one.tenantId, phone.slice(2))).toEqual([]);
    expect(await one.customers()).toEqual([{ id: customerId, erased: true }]);

    await one.say({ id: `${id}.new`, from: phone, text: "Me revoilà" });
    expect((await one.customers()).map((customer) => customer.erased)).toEqual([true, false]);
    await eraseCustomer(one.ctx, { customerId });
    expect(await one.rows("select text from messages where text <> ''")).toEqual([{ text: "Me revoilà" }]);
  });

  test("while they are writing, nothing that was taken in as theirs is left behind", async () => {
    const one = await shop();
    await one.say({ id: `wamid.${one.tenantId}.0`, from: phone, text: word });
    const customerId = await one.firstCustomer();
    const writes = Array.from({ length: 12 }, (_, at) =>
      one.say({ id: `wamid.${one.tenantId}.${at + 1}`, from: phone, text: `${word} ${at}` }),
    );
    await Promise.all([eraseCustomer(one.ctx, { customerId }), ...writes]);
    await edge.drain.emptied(one.tenantId);
    const left = await one.rows(`select text from messages where customer_id = '${customerId}' and text <> ''`);
    expect(left).toEqual([]);
    const told = await one.rows(`select id from webhook_logs where customer_id = '${customerId}' and payload <> '{}'`);
    expect(told).toEqual([]);
    // What came after it is of somebody new, and whole.
    const statuses = new Set((await logsOf(one)).map((row) => row.status));
    expect([...statuses].filter((status) => !["processed", "ignored"].includes(status))).toEqual([]);
  });

  test("of several people in one post, only what was theirs goes, with the post's own bytes", async () => {
    const one = await shop();
    await one.say(
      { id: `wamid.${one.tenantId}.1`, from: phone, text: word },
      { id: `wamid.${one.tenantId}.2`, from: "33639980018", text: "Moi je reste" },
    );
    const [theirs] = await one.rows<{ id: string }>("select customer_id as id from messages where text like 'Zorg%'");
    const customerId = theirs!.id;
    await eraseCustomer(one.ctx, { customerId });
    expect(await findWord(database, one.tenantId, word)).toEqual([]);
    const left = await one.rows(
      "select payload <> '{}' as kept, erased_at is not null as erased from webhook_logs order by 1",
    );
    expect(left).toEqual([
      { kept: false, erased: true },
      { kept: true, erased: false },
    ]);
    expect(
      await one.rows(
        "select length(body) as bytes, body_bytes > 0 as was, erased_at is not null as erased from webhook_deliveries",
      ),
    ).toEqual([{ bytes: 0, was: true, erased: true }]);
    expect(await one.rows("select text from messages where text <> ''")).toEqual([{ text: "Moi je reste" }]);
  });

  test("reaches nobody of another business, and its doors open for nobody else's rows", async () => {
    const one = await shop();
    const customerId = await fill(one);
    const stranger = await shop();
    await fill(stranger);
    const there = await findWord(database, stranger.tenantId, word);
    await expect(eraseCustomer(stranger.ctx, { customerId })).rejects.toMatchObject({ code: "not_found" });
    await expect(countErasure(stranger.ctx, { customerId })).rejects.toMatchObject({ code: "not_found" });
    const logs = (await logsOf(one)).map((row) => row.id);
    const erasePosts = (tenant: Shop) =>
      withTenant(
        tenant,
        async (tx) =>
          (await tx.raw.unsafe("select door.erase_posts($1::uuid[]) as erased", [logs] as never[]))[0]?.erased,
      );
    // Not theirs; then theirs, but of an event that nobody erased.
    expect(await erasePosts(stranger)).toBe(0);
    expect(await erasePosts(one)).toBe(0);
    const audit = await one.rows("select data from audit_log order by id");
    await withTenant(one, (tx) => tx.raw.unsafe("select door.erase_audit($1)", [customerId]));
    await withTenant(stranger, (tx) => tx.raw.unsafe("select door.erase_audit($1)", [customerId]));
    expect(await one.rows("select data from audit_log order by id")).toEqual(audit);
    await eraseCustomer(one.ctx, { customerId });
    expect(await findWord(database, stranger.tenantId, word)).toEqual(there);
  });

  test("what is left of an event says when it was erased, and is not replayed", async () => {
    const one = await shop();
    await one.say({ id: `wamid.${one.tenantId}`, from: phone, text: word });
    const customerId = await one.firstCustomer();
    const { id } = (await logsOf(one))[0]!;
    // As if it had failed for good.
    await one.rows("update webhook_logs set status = 'failed', reason = 'handler_error'");
    await eraseCustomer(one.ctx, { customerId });
    const shown = await getWebhookLog(one.ctx, { id }, { contents: true });
    expect(shown).toMatchObject({ payload: {}, customerIdentifier: null, delivery: { body: "", headers: {} } });
    expect(shown.erasedAt).toBeInstanceOf(Date);
    await expect(replayWebhookLog(one.ctx, { id })).rejects.toMatchObject({ reason: "not_replayable" });
    expect(await countReplay(one.ctx, {})).toMatchObject({ again: 0, refused: 1 });
  });
});
