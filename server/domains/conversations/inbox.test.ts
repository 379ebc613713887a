import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { messages } from "#db/schema/messages.ts";
import { memberships } from "#db/schema/tenants.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { addConversationNote } from "./add-note.ts";
import { assignConversation } from "./assign-conversation.ts";
import { archiveConversation, reopenConversation, resolveConversation } from "./change-conversation-status.ts";
import { forgetConversationCounts } from "./count-conversations.ts";
import { getConversation } from "./get-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { markConversationRead } from "./mark-read.ts";
import { openConversation } from "./open-conversation.ts";

await testDatabase();

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000);

async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const member = await createMember(tenant);
  return { tenant, channel, member, ctx: member.ctx };
}
const audits = (tenant: { tenantId: string }, action: string) =>
  withTenant(tenant, (tx) => tx.select().from(auditLog).where(eq(auditLog.action, action)));

describe("the list", () => {
  it("pages by the newest message without losing or repeating a row, also among equal instants", async () => {
    const { tenant, channel, ctx } = await shop();
    const at = ago(60);
    for (let i = 0; i < 7; i++) {
      const conversation = await createConversation(tenant, { channel, customer: await createCustomer(tenant) });
      await createMessage(conversation, { occurredAt: i < 4 ? at : ago(i) });
    }
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof listConversations>> = await listConversations(ctx, { limit: 2, cursor });
      seen.push(...page.rows.map((row) => row.id));
      cursor = page.nextCursor;
    } while (cursor);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  it("keeps views apart and counts them", async () => {
    const { tenant, channel, ctx, member } = await shop();
    const make = async () => createConversation(tenant, { channel, customer: await createCustomer(tenant) });
    const [mine, nobody, done, old] = [await make(), await make(), await make(), await make()];
    await assignConversation(ctx, { conversationId: mine.conversationId, assigneeId: member.userId });
    await resolveConversation(ctx, { conversationId: done.conversationId });
    await archiveConversation(ctx, { conversationId: old.conversationId });
    const ids = async (view: "mine" | "unassigned" | "open" | "resolved" | "archived") =>
      (await listConversations(ctx, { view })).rows.map((row) => row.id);
    expect(await ids("mine")).toEqual([mine.conversationId]);
    expect(await ids("unassigned")).toEqual([nobody.conversationId]);
    expect(new Set(await ids("open"))).toEqual(new Set([mine.conversationId, nobody.conversationId]));
    expect(await ids("resolved")).toEqual([done.conversationId]);
    expect(await ids("archived")).toEqual([old.conversationId]);
    expect((await listConversations(ctx)).counts).toEqual({ mine: 1, unassigned: 1, open: 2 });
  });

  it("finds a customer by name without accents and by any spelling of the phone, in every view", async () => {
    const { tenant, channel, ctx } = await shop();
    const customer = await createCustomer(tenant, { displayName: "Inès Delcourt", phone: "+33639981234" });
    const { conversationId } = await createConversation(tenant, { channel, customer });
    await createConversation(tenant, { channel, customer: await createCustomer(tenant) });
    await resolveConversation(ctx, { conversationId });
    for (const query of ["ines", "delcourt in", "639981234"]) {
      expect(
        (await listConversations(ctx, { query })).rows.map((row) => row.id),
        query,
      ).toEqual([conversationId]);
    }
    expect((await listConversations(ctx, { query: "nobody at all" })).rows).toEqual([]);
  });

  it("says what an agent decides by: unread, waiting, assignee, time left", async () => {
    const { tenant, channel, ctx, member } = await shop();
    const conversation = await createConversation(tenant, { channel, assigneeId: member.userId });
    const at = ago(90);
    await createMessage(conversation, { text: "La lampe clignote", occurredAt: at });
    const [row] = (await listConversations(ctx)).rows;
    expect(row).toMatchObject({
      preview: "La lampe clignote",
      previewDirection: "in",
      unreadCount: 1,
      waitingSince: at,
      assignee: { id: member.userId, name: member.name },
      windowEndsAt: new Date(at.getTime() + 86_400_000),
    });
  });

  it("shows nothing of another tenant", async () => {
    const one = await shop();
    const other = await shop();
    const { conversationId } = await createConversation(one.tenant, { channel: one.channel });
    expect((await listConversations(other.ctx)).rows).toEqual([]);
    await expect(getConversation(other.ctx, { conversationId })).rejects.toMatchObject({ code: "not_found" });
    await expect(openConversation(other.ctx, { conversationId })).rejects.toMatchObject({ code: "not_found" });
    expect((await listThread(other.ctx, { conversationId })).messages).toEqual([]);
    for (const act of [
      () => markConversationRead(other.ctx, { conversationId }),
      () => assignConversation(other.ctx, { conversationId, assigneeId: null }),
      () => resolveConversation(other.ctx, { conversationId }),
      () => reopenConversation(other.ctx, { conversationId }),
      () => archiveConversation(other.ctx, { conversationId }),
      () => addConversationNote(other.ctx, { conversationId, text: "vu" }),
    ]) {
      await expect(act()).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await getConversation(one.ctx, { conversationId })).status).toBe("open");
  });
});

describe("a conversation", () => {
  it("comes with the customer beside it", async () => {
    const { tenant, channel, ctx } = await shop();
    const customer = await createCustomer(tenant, {
      displayName: "Karim Bensaïd",
      email: "karim@client.example",
      city: "Lille",
    });
    const conversation = await createConversation(tenant, { channel, customer });
    await createMessage(conversation);
    await createTicket(tenant, {
      customerId: customer.customerId,
      conversationId: conversation.conversationId,
      subject: "Pied fendu",
    });
    const { customer: panel, reply, channel: via } = await getConversation(ctx, conversation);
    expect(via).toMatchObject({ type: "whatsapp", provider: "whatsapp" });
    expect(reply).toMatchObject({ refusal: null, maxTextLength: 4096 });
    expect(panel).toMatchObject({ name: "Karim Bensaïd", city: "Lille", tags: [] });
    expect(panel.identities.map((identity) => identity.kind).toSorted()).toEqual(["email", "phone"]);
    expect(panel.tickets).toEqual([
      expect.objectContaining({ subject: "Pied fendu", here: true, createdAt: expect.any(Date) }),
    ]);
  });

  it("is read from the end, older pages on demand", async () => {
    const { tenant, channel, ctx } = await shop();
    const conversation = await createConversation(tenant, { channel });
    for (let i = 0; i < 5; i++) await createMessage(conversation, { text: `m${i}`, occurredAt: ago(10 - i) });
    const newest = await listThread(ctx, { ...conversation, limit: 3 });
    expect(newest.messages.map((message) => message.text)).toEqual(["m2", "m3", "m4"]);
    const older = await listThread(ctx, { ...conversation, limit: 3, before: newest.olderCursor });
    expect(older.messages.map((message) => message.text)).toEqual(["m0", "m1"]);
    expect(older.olderCursor).toBeNull();
  });

  it("shows what is answered, and hides what its writer took back", async () => {
    const { tenant, channel, ctx } = await shop();
    const conversation = await createConversation(tenant, { channel });
    const first = await createMessage(conversation, { text: "Bonjour", occurredAt: ago(3) });
    await createMessage(conversation, {
      text: "Re",
      direction: "out",
      replyToExternalId: first.externalId,
      occurredAt: ago(2),
    });
    await createMessage(conversation, { text: "secret", deletedAt: ago(1), occurredAt: ago(1) });
    const { messages: thread } = await listThread(ctx, conversation);
    expect(thread[1]?.quoted).toEqual({ id: first.messageId, text: "Bonjour", direction: "in" });
    expect(thread[2]).toMatchObject({ text: "", deletedAt: expect.any(Date) });
  });

  it("is read once someone opened it", async () => {
    const { tenant, channel, ctx } = await shop();
    const conversation = await createConversation(tenant, { channel });
    await createMessage(conversation);
    await createMessage(conversation);
    expect(await markConversationRead(ctx, conversation)).toEqual({ read: 2 });
    expect(await markConversationRead(ctx, conversation)).toEqual({ read: 0 });
    expect((await getConversation(ctx, conversation)).unreadCount).toBe(0);
  });

  it("goes to active members only, with a line in the thread and in the audit log", async () => {
    const { tenant, channel, ctx } = await shop();
    const colleague = await createMember(tenant, "agent", { name: "Yanis" });
    const gone = await createMember(tenant, "agent");
    await withTenant(tenant, (tx) =>
      tx.update(memberships).set({ status: "deactivated" }).where(eq(memberships.userId, gone.userId)),
    );
    const stranger = await createMember(await createTenant());
    const { conversationId } = await createConversation(tenant, { channel });
    for (const assigneeId of [gone.userId, stranger.userId, newId()]) {
      await expect(assignConversation(ctx, { conversationId, assigneeId })).rejects.toMatchObject({ code: "invalid" });
    }
    await assignConversation(ctx, { conversationId, assigneeId: colleague.userId });
    await assignConversation(ctx, { conversationId, assigneeId: colleague.userId });
    const { messages: thread } = await listThread(ctx, { conversationId });
    expect(thread).toEqual([
      expect.objectContaining({
        kind: "event",
        direction: "internal",
        data: { event: "assigned", toId: colleague.userId, toName: "Yanis" },
      }),
    ]);
    expect(await audits(tenant, "conversation.assign")).toHaveLength(1);
    await assignConversation(ctx, { conversationId, assigneeId: null });
    expect((await getConversation(ctx, { conversationId })).assignee).toBeNull();
  });

  it("is resolved, reopened and archived, each once", async () => {
    const { tenant, channel, ctx } = await shop();
    const { conversationId } = await createConversation(tenant, { channel });
    await resolveConversation(ctx, { conversationId });
    await resolveConversation(ctx, { conversationId });
    await reopenConversation(ctx, { conversationId });
    await archiveConversation(ctx, { conversationId });
    expect(await getConversation(ctx, { conversationId })).toMatchObject({ status: "resolved", archived: true });
    await reopenConversation(ctx, { conversationId });
    expect(await getConversation(ctx, { conversationId })).toMatchObject({ status: "open", archived: false });
    const events = (await listThread(ctx, { conversationId })).messages.map((message) => message.data?.["event"]);
    expect(events).toEqual(["resolved", "reopened", "archived", "reopened"]);
    for (const [action, times] of [
      ["resolve", 1],
      ["reopen", 2],
      ["archive", 1],
    ] as const) {
      expect(await audits(tenant, `conversation.${action}`)).toHaveLength(times);
    }
  });

  it("takes notes that no statistic counts, once per key", async () => {
    const { tenant, channel, ctx } = await shop();
    const conversation = await createConversation(tenant, { channel });
    await createMessage(conversation, { text: "Bonjour" });
    const note = {
      conversationId: conversation.conversationId,
      text: " il reste deux pieds ",
      idempotencyKey: newId(),
    };
    const first = await addConversationNote(ctx, note);
    expect(await addConversationNote(ctx, note)).toEqual(first);
    const [row] = (await listConversations(ctx)).rows;
    expect(row).toMatchObject({ preview: "Bonjour", unreadCount: 1 });
    const notes = await withTenant(tenant, (tx) =>
      tx
        .select()
        .from(messages)
        .where(and(eq(messages.kind, "note"), eq(messages.conversationId, conversation.conversationId))),
    );
    expect(notes).toEqual([expect.objectContaining({ text: "il reste deux pieds", direction: "internal" })]);
  });
});

describe("what a page costs", () => {
  it("is the same number of statements for one conversation and for many", async () => {
    const { tenant, channel, ctx } = await shop();
    const conversation = await createConversation(tenant, { channel });
    await createMessage(conversation);
    const counting = async (run: (scope: typeof ctx & { tx: unknown }) => Promise<unknown>) =>
      withTenant(ctx, async (tx) => {
        let statements = 0;
        const { raw } = tx;
        const unsafe = raw.unsafe.bind(raw);
        raw.unsafe = ((...args: Parameters<typeof unsafe>) => {
          statements++;
          return unsafe(...args);
        }) as typeof raw.unsafe;
        try {
          await run({ ...ctx, tx });
        } finally {
          raw.unsafe = unsafe;
        }
        return statements;
      });
    // Saved views are asked for once in five seconds.
    await listConversations(ctx);
    const list = () => {
      forgetConversationCounts(tenant.tenantId);
      return counting((scope) => listConversations(scope));
    };
    const open = () => counting((scope) => openConversation(scope, conversation));
    const few = [await list(), await open()];
    for (let i = 0; i < 12; i++) {
      await createMessage(await createConversation(tenant, { channel, customer: await createCustomer(tenant) }));
      await createMessage(conversation, { direction: i % 2 ? "in" : "out" });
    }
    expect([await list(), await open()]).toEqual(few);
    expect(few).toEqual([2, 6]);
  });
});
