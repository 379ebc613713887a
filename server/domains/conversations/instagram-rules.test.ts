import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { createChannel, createMember, createTenant, systemCtx } from "#db/factories.ts";
import { messages } from "#db/schema/messages.ts";
import { customers } from "#db/schema/customers.ts";
import { appPool, withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { InboundEvent, JsonObject } from "#server/providers/contract.ts";
import { recordName } from "./ask-for-names.ts";
import { applyMessageEvents } from "./apply-message-events.ts";
import { beginSending } from "./begin-sending.ts";
import { getConversation } from "./get-conversation.ts";
import { receiveMessages } from "./receive-messages.ts";
import { recordAccepted } from "./record-accepted.ts";
import { recordUnknown } from "./record-not-sent.ts";
import { replyToConversation } from "./reply-to-conversation.ts";

await testDatabase();

const hour = 3_600_000;
const limits = () => ({ perSecond: 100, secondsBetweenToOnePerson: 0 });

/** A business on Instagram, one person, and short words for what they do; ages are hours before now. */
async function shop() {
  const tenant = await createTenant();
  const channel = await createChannel(tenant, { provider: "instagram", channelType: "instagram" });
  const { ctx } = await createMember(tenant);
  const now = new Date();
  const member: Ctx = { ...ctx, clock: fixedClock(now) };
  const system: Ctx = { ...systemCtx(tenant), clock: fixedClock(now) };
  const event = (id: string, text: string, hoursAgo: number, data: JsonObject | null, direction: "in" | "out") => ({
    channelId: channel.channelId,
    webhookLogId: null,
    event: {
      kind: "message" as const,
      direction,
      messageId: id,
      person: { identities: [{ kind: "instagram_id" as const, value: "6120000000012345" }], name: "@camille" },
      content: { kind: "text" as const, text, media: [], data },
      replyToId: null,
      occurredAt: new Date(now.getTime() - hoursAgo * hour),
    },
  });
  const take = async (told: ReturnType<typeof event>) => (await receiveMessages(system, [told]))[0]!;
  return {
    tenant,
    channel,
    member,
    system,
    direct: (id: string, hoursAgo = 0) => take(event(id, "Bonjour", hoursAgo, null, "in")),
    comment: (id: string, hoursAgo = 0) =>
      take(
        event(id, "Quel prix ?", hoursAgo, { comment: { id, mediaId: "1", parentId: null, permalink: null } }, "in"),
      ),
    echo: (id: string, text: string) => take(event(id, text, 0, null, "out")),
    reply: (conversationId: string, text: string, ctx: Ctx = member, replyToId: string | null = null) =>
      replyToConversation(ctx, { conversationId, text, replyToId, idempotencyKey: newId() }),
    state: async (conversationId: string) => (await getConversation(member, { conversationId })).reply,
    begin: async (messageId: string) => {
      const beginning = await beginSending(system, messageId, limits);
      return beginning.state === "go" ? beginning.message : beginning;
    },
    thread: () => withTenant(tenant, (tx) => tx.select().from(messages).orderBy(messages.id)),
    read: async (messageId: string) =>
      (await withTenant(tenant, (tx) => tx.select().from(messages).where(eq(messages.id, messageId))))[0]!,
    seen: (messageId: string) =>
      applyMessageEvents(system, [
        {
          channelId: channel.channelId,
          webhookLogId: newId(),
          dedupeKey: `read:${messageId}`,
          event: seenEvent(messageId, now),
        },
      ]),
  };
}

function seenEvent(messageId: string, occurredAt: Date): Extract<InboundEvent, { kind: "status" }> {
  return {
    kind: "status",
    messageId,
    trackingId: null,
    status: "read",
    upTo: true,
    error: null,
    occurredAt,
    costCents: null,
  };
}

test("a comment opens no window: it is answered in private, once, and the thread goes on when the person writes", async () => {
  const { comment, direct, reply, state, begin } = await shop();
  const { conversationId } = await comment("17900000000000011", 2);
  expect(await state(conversationId!)).toMatchObject({
    refusal: null,
    way: "private_reply",
    commentId: "17900000000000011",
  });
  const { messageId } = await reply(conversationId!, "35 €, et 45 € livré.");
  expect(await begin(messageId)).toMatchObject({ commentId: "17900000000000011", humanAgent: false });
  expect(await state(conversationId!)).toMatchObject({ refusal: "window_closed", way: null });
  await expect(reply(conversationId!, "Encore ?")).rejects.toMatchObject({ reason: "window_closed" });
  await direct("m1");
  expect(await state(conversationId!)).toMatchObject({ refusal: null, way: "free", commentId: null });
});

test("a comment that was refused an answer may be tried again; after seven days it may not", async () => {
  const { tenant, comment, reply, state } = await shop();
  const { conversationId } = await comment("17900000000000012", 1);
  const { messageId } = await reply(conversationId!, "Bonjour");
  await withTenant(tenant, (tx) => tx.update(messages).set({ status: "failed" }).where(eq(messages.id, messageId)));
  expect(await state(conversationId!)).toMatchObject({ way: "private_reply" });
  const old = await shop();
  const late = await old.comment("17900000000000013", 7 * 24 + 1);
  expect(await old.state(late.conversationId!)).toMatchObject({ refusal: "window_closed" });
});

test("inside the window a direct answer leaves, a comment is answered in private on purpose", async () => {
  const { comment, direct, reply, begin, state, system } = await shop();
  const { conversationId } = await direct("m2");
  const { messageId: commentMessage } = await comment("17900000000000014");
  expect(await state(conversationId!)).toMatchObject({ way: "free" });
  const plain = await reply(conversationId!, "Bonjour");
  expect(await begin(plain.messageId)).toMatchObject({ commentId: null, humanAgent: false });
  await recordAccepted(system, { messageId: plain.messageId, externalId: "m_plain" });
  const inPrivate = await reply(conversationId!, "35 €", undefined, commentMessage);
  expect(await begin(inPrivate.messageId)).toMatchObject({ commentId: "17900000000000014" });
});

test("a person may answer for seven days, a program for one", async () => {
  const { direct, reply, state, begin, system } = await shop();
  const { conversationId } = await direct("m3", 30);
  expect(await state(conversationId!)).toMatchObject({ refusal: null, way: "human_agent" });
  await expect(reply(conversationId!, "Automatique", system)).rejects.toMatchObject({ reason: "window_closed" });
  const { messageId } = await reply(conversationId!, "Pardon pour l’attente.");
  expect(await begin(messageId)).toMatchObject({ humanAgent: true });
  const late = await shop();
  const old = await late.direct("m4", 7 * 24 + 1);
  expect(await late.state(old.conversationId!)).toMatchObject({ refusal: "window_closed" });
});

test("texts are measured in bytes", async () => {
  const { direct, reply } = await shop();
  const { conversationId } = await direct("m5");
  await expect(reply(conversationId!, "é".repeat(501))).rejects.toMatchObject({ fields: { text: "too_long" } });
  expect((await reply(conversationId!, "é".repeat(500))).created).toBe(true);
});

test("the echo of what we sent is no second message, whenever it comes", async () => {
  const { direct, reply, begin, echo, read, thread, system } = await shop();
  const { conversationId } = await direct("m6");
  const before = await reply(conversationId!, "Avant la réponse");
  await begin(before.messageId);
  expect(await echo("m_before", "Avant la réponse")).toMatchObject({
    outcome: "duplicate",
    messageId: before.messageId,
  });
  await recordAccepted(system, { messageId: before.messageId, externalId: "m_before" });
  expect(await read(before.messageId)).toMatchObject({ status: "sent", externalId: "m_before", sending: false });

  const after = await reply(conversationId!, "Après la réponse");
  await begin(after.messageId);
  await recordAccepted(system, { messageId: after.messageId, externalId: "m_after" });
  expect(await echo("m_after", "Après la réponse")).toMatchObject({ outcome: "duplicate" });

  const lost = await reply(conversationId!, "Réponse perdue");
  await begin(lost.messageId);
  await recordUnknown(system, lost.messageId, "TimeoutError");
  await echo("m_lost", "Réponse perdue");
  expect(await read(lost.messageId)).toMatchObject({ status: "sent", externalId: "m_lost" });
  expect(await thread()).toHaveLength(4);
});

test("an echo in other words goes once the answer names it, and what happened to it stays", async () => {
  const { direct, reply, begin, echo, read, seen, thread, system } = await shop();
  const { conversationId } = await direct("m7");
  const { messageId } = await reply(conversationId!, "Avec deux  espaces");
  await begin(messageId);
  expect(await echo("m_other", "Avec deux espaces")).toMatchObject({ outcome: "received" });
  await seen("m_other");
  await recordAccepted(system, { messageId, externalId: "m_other" });
  expect(await thread()).toHaveLength(2);
  expect(await read(messageId)).toMatchObject({ status: "read", externalId: "m_other", text: "Avec deux  espaces" });
});

test("what the business writes on its phone is shown, and seen is said of all that was sent before", async () => {
  const { direct, reply, begin, echo, read, seen, system } = await shop();
  const { conversationId } = await direct("m8");
  const first = await reply(conversationId!, "Un");
  await begin(first.messageId);
  await recordAccepted(system, { messageId: first.messageId, externalId: "m_first" });
  const typed = await echo("m_typed", "Écrit au téléphone");
  expect(typed.outcome).toBe("received");
  const last = await reply(conversationId!, "Trois");
  await begin(last.messageId);
  await recordAccepted(system, { messageId: last.messageId, externalId: "m_last" });
  await withTenant({ tenantId: system.tenantId }, (tx) =>
    tx
      .update(messages)
      .set({ occurredAt: new Date(Date.now() + 1000) })
      .where(eq(messages.id, last.messageId)),
  );
  await seen("m_last");
  const statuses = [];
  for (const id of [first.messageId, typed.messageId!, last.messageId]) statuses.push((await read(id)).status);
  expect(statuses).toEqual(["read", "read", "read"]);
});

test("who writes for the first time without a name is asked for at their profile, once; a name that is known is kept", async () => {
  const { tenant, channel, system } = await shop();
  const write = (id: string, person: string, name: string | null) =>
    receiveMessages(system, [
      {
        channelId: channel.channelId,
        webhookLogId: null,
        event: {
          kind: "message",
          direction: "in",
          messageId: id,
          person: { identities: [{ kind: "instagram_id", value: person }], name },
          content: { kind: "text", text: "Bonjour", media: [], data: null },
          replyToId: null,
          occurredAt: new Date(),
        },
      },
    ]);
  const [nameless] = await write("p1", "6120000000077001", null);
  await write("p2", "6120000000077001", null);
  const [named] = await write("p3", "6120000000077002", "@camille");
  const asked = await appPool()`
    select data->>'customerId' as customer, data->>'value' as value from pgboss.job
     where name = 'customers.profile' and data->>'tenantId' = ${tenant.tenantId}`;
  expect([...asked]).toEqual([{ customer: nameless!.customerId, value: "6120000000077001" }]);

  const nameOf = async (customerId: string) =>
    (await withTenant(tenant, (tx) => tx.select().from(customers).where(eq(customers.id, customerId))))[0]?.displayName;
  await recordName(system, { customerId: nameless!.customerId!, name: "Camille Fictive" });
  await recordName(system, { customerId: named!.customerId!, name: "Quelqu’un d’autre" });
  expect(await nameOf(nameless!.customerId!)).toBe("Camille Fictive");
  expect(await nameOf(named!.customerId!)).toBe("@camille");
});
