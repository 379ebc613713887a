import { expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
} from "#db/factories.ts";
import { scansOf } from "#db/testing-plans.ts";
import type { Statement } from "#db/testing-statements.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { setPreferences } from "#server/domains/customers/set-preferences.ts";
import type { Way } from "./choose-way.ts";
import { chooseWay } from "./choose-way.ts";
import { listPerson } from "./list-person.ts";
import { markPersonRead } from "./mark-read.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { openPerson } from "./open-person.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { scheduleReply } from "./schedule-reply.ts";
import { at, rowsOf } from "./testing.ts";

const database = await testDatabase();

/** Somebody who wrote on WhatsApp, then by SMS, then by mail. */
async function shop() {
  const clock = fixedClock("2026-11-20T10:00:00Z");
  const tenant = await createTenant({ timezone: "Europe/Paris" });
  const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
  const customer = await createCustomer(tenant, { phone: "+33639981000" });
  const channels = {
    whatsapp: await createChannel(tenant, { name: "WhatsApp Boutique" }),
    sms: await createChannel(tenant, { provider: "twilio", name: "SMS Boutique" }),
    mail: await createChannel(tenant, { provider: "email", name: "Contact" }),
  };
  const talk = async (channel: keyof typeof channels, seconds: number, values = {}) => {
    const conversation = await createConversation(tenant, {
      customer,
      channel: channels[channel],
      lastMessageAt: at(seconds),
      ...(channel === "mail" ? { addressKind: "email", addressValue: "alix@client.example", threadKey: newId() } : {}),
      ...values,
    });
    await createMessage(conversation, { text: `${channel} ${seconds}`, occurredAt: at(seconds) });
    return conversation;
  };
  const [whatsapp, sms, mail] = [await talk("whatsapp", 10), await talk("sms", 20), await talk("mail", 30)];
  const { customerId } = customer;
  return { clock, tenant, nadia, customer, customerId, channels, talk, whatsapp, sms, mail };
}

const way = (conversationId: string, values: Partial<Way> = {}): Way => ({
  conversationId,
  reply: { refusal: null, waits: null },
  lastInboundAt: at(0),
  lastMessageAt: at(0),
  ...values,
});

it("answers by the free way that the customer wrote by last, else by one that takes a template, never by another", () => {
  const older = way("older", { lastInboundAt: at(1) });
  const closed = way("closed", { lastInboundAt: at(9), reply: { refusal: "window_closed", waits: null } });
  const optedOut = way("opted out", { lastInboundAt: at(8), reply: { refusal: "opted_out", waits: null } });
  const paused = way("paused", { lastInboundAt: at(7), reply: { refusal: "channel_paused", waits: null } });
  const broken = way("broken", { lastInboundAt: at(6), reply: { refusal: null, waits: "token" } });
  const calls = way("calls", { lastInboundAt: at(5), reply: { refusal: "calls_only", waits: null } });
  const never = way("never wrote", { lastInboundAt: null, lastMessageAt: at(20) });
  const chosen = (...ways: Way[]) => chooseWay(ways)?.conversationId ?? null;
  expect(chosen(older, closed, optedOut, paused, broken, calls, way("latest", { lastInboundAt: at(2) }), never)).toBe(
    "latest",
  );
  expect(chosen(closed, never)).toBe("never wrote");
  expect(chosen(optedOut, paused, broken, calls, closed)).toBe("closed");
  expect(
    chosen(optedOut, paused, broken, calls, way("shut", { reply: { refusal: "window_closed", waits: "token" } })),
  ).toBeNull();
  expect(chosen()).toBeNull();
});

it("shows what was said on every channel in the order of time, each word with its way, and writes by the best", async () => {
  const { nadia, customerId, whatsapp, sms, mail } = await shop();
  const person = await openPerson(nadia.ctx, { customerId });
  expect(person.thread.messages.map(({ text, via }) => [text, via?.name])).toEqual([
    ["whatsapp 10", "WhatsApp Boutique"],
    ["sms 20", "SMS Boutique"],
    ["mail 30", "Contact"],
  ]);
  expect(person.ways.map(({ conversationId, hindrance }) => [conversationId, hindrance])).toEqual([
    [mail.conversationId, null],
    [sms.conversationId, null],
    [whatsapp.conversationId, null],
  ]);
  expect(person).toMatchObject({ best: mail.conversationId, composer: { conversation: { id: mail.conversationId } } });
  const picked = await openPerson(nadia.ctx, { customerId, via: sms.conversationId });
  expect(picked).toMatchObject({ best: mail.conversationId, composer: { conversation: { id: sms.conversationId } } });
});

it("leaves out what the customer does not want, is paused, or can no longer be answered freely, and says why", async () => {
  const { clock, nadia, tenant, customerId, whatsapp, sms, mail, channels } = await shop();
  const yes = { smsEnabled: true, whatsappEnabled: true, phoneEnabled: true, instagramEnabled: true };
  await setPreferences(nadia.ctx, { customerId, ...yes, emailEnabled: false, marketingConsent: false });
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenant.tenantId}, true)`;
    await sql`update channel_configurations set enabled = false where id = ${channels.sms.channelId}`;
  });
  const now = await openPerson(nadia.ctx, { customerId });
  expect(now.best).toBe(whatsapp.conversationId);
  clock.advance(25 * 3_600_000);
  const later = await openPerson(nadia.ctx, { customerId });
  expect(later.best).toBe(whatsapp.conversationId);
  expect(Object.fromEntries(later.ways.map(({ conversationId, hindrance }) => [conversationId, hindrance]))).toEqual({
    [whatsapp.conversationId]: "window_closed",
    [sms.conversationId]: "channel_paused",
    [mail.conversationId]: "opted_out",
  });
});

it("of many mails with one address offers the latest, and any other that is asked for", async () => {
  const { nadia, customerId, talk, mail } = await shop();
  const newer = await talk("mail", 40);
  const mails = async (via?: string) =>
    (await openPerson(nadia.ctx, { customerId, via })).ways.flatMap((one) =>
      one.channel.type === "email" ? one.conversationId : [],
    );
  expect(await mails()).toEqual([newer.conversationId]);
  expect(await mails(mail.conversationId)).toEqual([newer.conversationId, mail.conversationId]);
});

it("shows the reply and what is planned on whichever channel, and reads all of them at once", async () => {
  const { tenant, nadia, customerId, sms, whatsapp } = await shop();
  await replyToConversation(nadia.ctx, { ...sms, text: "Bien sûr", idempotencyKey: newId() });
  await scheduleReply(nadia.ctx, {
    ...whatsapp,
    text: "plus tard",
    sendAt: "2026-11-20T14:00",
    idempotencyKey: newId(),
  });
  const person = await openPerson(nadia.ctx, { customerId });
  expect(person.thread.messages.at(-1)).toMatchObject({ text: "Bien sûr", via: { name: "SMS Boutique" } });
  expect(person.scheduled).toMatchObject([{ text: "plus tard", conversationId: whatsapp.conversationId }]);
  expect(await markPersonRead(nadia.ctx, { customerId })).toEqual({ read: 3 });
  const rows = await rowsOf<Record<string, unknown>>(tenant, "conversations");
  expect(rows.map((row) => row["unread_count"])).toEqual([0, 0, 0]);
});

it("begins on a day of the business's zone, around a message, and goes on both ways", async () => {
  const { nadia, customerId, talk } = await shop();
  await talk("whatsapp", -86_400, { addressValue: "hier" });
  // Half past midnight in Paris, and still the day before by the world's clock.
  await talk("sms", 14.5 * 3_600, { addressValue: "demain" });
  const texts = async (input: object) => {
    const { messages, olderCursor, newerCursor } = await listPerson(nadia.ctx, { customerId, ...input });
    return { texts: messages.map(({ text }) => text), olderCursor, newerCursor };
  };
  expect((await texts({ day: "2026-11-21" })).texts).toEqual(["sms 52200"]);
  const today = await texts({ day: "2026-11-20", limit: 2 });
  expect(today.texts).toEqual(["whatsapp 10", "sms 20"]);
  expect((await texts({ before: today.olderCursor })).texts).toEqual(["whatsapp -86400"]);
  expect((await texts({ after: today.newerCursor })).texts).toEqual(["mail 30", "sms 52200"]);
  const all = await listPerson(nadia.ctx, { customerId });
  expect((await texts({ around: all.messages[2]!.id, limit: 2 })).texts).toEqual(["sms 20", "mail 30"]);
});

it("is nobody's of another business, and no way of another customer's is taken", async () => {
  const { tenant, customerId, nadia, channels } = await shop();
  const stranger = await createMember(await createTenant(), "owner");
  await expect(openPerson(stranger.ctx, { customerId })).rejects.toMatchObject({ code: "not_found" });
  await expect(markPersonRead(stranger.ctx, { customerId })).rejects.toMatchObject({ code: "not_found" });
  expect((await listPerson(stranger.ctx, { customerId })).messages).toEqual([]);
  const other = await createConversation(tenant, { channel: channels.sms, customer: await createCustomer(tenant) });
  const via = other.conversationId;
  await expect(openPerson(nadia.ctx, { customerId, via })).rejects.toMatchObject({ code: "not_found" });
});

it("has an empty page for somebody who was never spoken with", async () => {
  const tenant = await createTenant();
  const { ctx } = await createMember(tenant, "agent");
  const { customerId } = await createCustomer(tenant);
  expect(await openPerson(ctx, { customerId })).toMatchObject({
    ways: [],
    best: null,
    composer: null,
    thread: { messages: [] },
  });
});

it("costs as many statements for thousands of messages as for three, each read by its index", async () => {
  const small = await shop();
  const few = await statementsOf(() => openPerson(small.nadia.ctx, { customerId: small.customerId }));
  const { tenant, nadia, customerId, whatsapp, sms } = small;
  await fill(tenant.tenantId, whatsapp.conversationId, 6_000);
  await fill(tenant.tenantId, sms.conversationId, 3_000);
  await database.owner`analyze messages, conversations`;
  await mergeConversations(nadia.ctx, { conversationId: sms.conversationId, intoId: whatsapp.conversationId });
  const many = await statementsOf(() => openPerson(nadia.ctx, { customerId }));
  expect(many).toHaveLength(few.length);
  expect(many.length).toBeLessThanOrEqual(10);
  const page = pageOf(many);
  const older = pageOf(
    await statementsOf(async () => {
      const { olderCursor } = await listPerson(nadia.ctx, { customerId });
      await listPerson(nadia.ctx, { customerId, before: olderCursor });
    }),
    "(occurred_at, id) <",
  );
  for (const statement of [page, older])
    for (const mode of ["custom", "generic"] as const) {
      const scans = (await scansOf(nadia.ctx, statement, mode)).filter(({ table }) => table === "messages");
      expect(scans.filter(({ node }) => node === "Seq Scan")).toEqual([]);
      expect(scans.reduce((sum, { rows }) => sum + rows, 0)).toBeLessThanOrEqual(250);
    }
});

/** The statement that reads messages, before a place where one is named. */
function pageOf(statements: readonly Statement[], than = ""): Statement {
  return statements.findLast(({ query }) => query.includes("left join lateral") && query.includes(than))!;
}

async function fill(tenantId: string, conversationId: string, count: number): Promise<void> {
  await database.owner.begin(async (sql) => {
    await sql`select set_config('app.tenant_id', ${tenantId}, true)`;
    await sql`insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, text, status, occurred_at)
      select tenant_id, gen_random_uuid(), id, customer_id, channel_id, channel_type, 'in', 'text', 'm' || n, 'received',
             '2026-03-01T08:00:00Z'::timestamptz + n * interval '1 minute'
        from conversations, generate_series(1, ${count}) n where tenant_id = ${tenantId} and id = ${conversationId}`;
  });
}
