import { describe, expect, it } from "vitest";
import {
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  createTicket,
  readCustomer,
} from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { eraseCustomer } from "#server/domains/erasure/erase-customer.ts";
import { saveDraft } from "#server/domains/drafts/save-draft.ts";
import { applyMessageEvents } from "./apply-message-events.ts";
import { resolveConversation } from "./change-conversation-status.ts";
import { getConversation } from "./get-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { markConversationRead } from "./mark-read.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { openConversation } from "./open-conversation.ts";
import { previewMerge } from "./preview-merge.ts";
import { receiveMessages } from "./receive-messages.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { scheduleReply } from "./schedule-reply.ts";
import { sendScheduled } from "./send-scheduled.ts";
import { at, rowsOf } from "./testing.ts";
import { unmergeConversations } from "./unmerge-conversations.ts";
import { mergingShop } from "./testing-merge.ts";
import type { Row } from "./testing-merge.ts";

await testDatabase();

describe("two conversations of one customer", () => {
  it("are read as one, in the order of time, each word saying its way, and only one of them is listed", async () => {
    const { nadia, main, other, texts, row, merge, customer } = await mergingShop();
    await merge();
    expect(await texts(main)).toEqual(["un", "deux", "trois", "par SMS"]);
    expect(await texts(other)).toEqual(["un", "deux", "trois", "par SMS"]);
    const { messages } = await listThread(nadia.ctx, main);
    expect(messages.filter(({ via }) => via).map(({ text, via }) => [text, via?.name])).toEqual([
      ["par SMS", "SMS Boutique"],
      ["", "SMS Boutique"],
    ]);
    expect(
      (await listConversations(nadia.ctx)).rows.map(({ id, preview, unreadCount }) => [id, preview, unreadCount]),
    ).toEqual([[main.conversationId, "par SMS", 2]]);
    expect((await listConversations(nadia.ctx, { query: "+33639981000" })).rows).toHaveLength(1);
    expect(await row(main)).toMatchObject({ message_count: 4, waiting_since: at(20), last_message_at: at(30) });
    expect((await readCustomer(customer)).totalConversations).toBe(1);
    expect(await getConversation(nadia.ctx, main)).toMatchObject({
      merged: [{ id: other.conversationId, name: "SMS Boutique", messages: 1 }],
    });
    expect(await getConversation(nadia.ctx, other)).toMatchObject({
      status: "merged",
      mergedIntoId: main.conversationId,
      threadId: main.conversationId,
    });
  });

  it("keep each their reply window: what comes by SMS opens none on WhatsApp", async () => {
    const { row, main, other, merge } = await mergingShop();
    await merge();
    expect([(await row(main))["last_inbound_at"], (await row(other))["last_inbound_at"]]).toEqual([at(20), at(30)]);
  });

  it("show what comes to either address, late ticks and new words alike, and open again by it", async () => {
    const { nadia, edge, bySms, main, other, merge, texts, row } = await mergingShop();
    const { messageId } = await replyToConversation(nadia.ctx, { ...other, text: "Voilà", idempotencyKey: newId() });
    await merge();
    await applyMessageEvents(edge, [bySms.status("SM1", "delivered", { seconds: 40, trackingId: messageId })]);
    await resolveConversation(nadia.ctx, main);
    const [received] = await receiveMessages(edge, [bySms.message("SM2", { seconds: 700, text: "merci" })]);
    expect(received).toMatchObject({ outcome: "received", conversationId: other.conversationId });
    expect(await texts(main)).toEqual(["un", "deux", "trois", "par SMS", "merci", "Voilà"].toSorted(byTime));
    expect(await row(main)).toMatchObject({ status: "open", unread_count: 3, last_message_preview: "merci" });
    expect(await row(other)).toMatchObject({ status: "merged" });

    function byTime(a: string, b: string): number {
      const order = ["un", "deux", "trois", "par SMS", "Voilà", "merci"];
      return order.indexOf(a) - order.indexOf(b);
    }
  });

  it("are answered by the address of either, and both are read by opening one", async () => {
    const { tenant, nadia, sms, main, other, merge, row } = await mergingShop();
    await merge();
    await replyToConversation(nadia.ctx, { ...other, text: "par SMS aussi", idempotencyKey: newId() });
    const sent = (await rowsOf<Row>(tenant, "messages")).find(({ text }) => text === "par SMS aussi");
    expect(sent).toMatchObject({ channel_id: sms.channelId, to_address: "+33639981000" });
    expect((await row(main))["waiting_since"]).toBeNull();
    expect(await markConversationRead(nadia.ctx, main)).toEqual({ read: 2 });
    expect(await row(main)).toMatchObject({ unread_count: 0 });
  });

  it("move the tickets of both when their customer writes", async () => {
    const { tenant, edge, bySms, byWhatsapp, main, other, merge } = await mergingShop();
    const ofSms = await createTicket(tenant, { ...other, status: "waiting_customer" });
    const ofMain = await createTicket(tenant, { ...main, status: "waiting_customer" });
    await merge();
    await receiveMessages(edge, [bySms.message("SM3", { seconds: 700, text: "alors ?" })]);
    const stands = async () =>
      (await rowsOf<Row>(tenant, "tickets"))
        .toSorted((a, b) => Number(a["number"]) - Number(b["number"]))
        .map(({ status, preview }) => [status, preview]);
    expect(await stands()).toEqual([
      ["open", "alors ?"],
      ["open", "alors ?"],
    ]);
    await receiveMessages(edge, [byWhatsapp.message("wamid.3", { seconds: 800, text: "et là ?" })]);
    expect((await stands()).map(([, preview]) => preview)).toEqual(["et là ?", "et là ?"]);
    expect(ofSms.number).toBeLessThan(ofMain.number);
  });

  it("let what is planned leave by its own address, unless the customer wrote on any of the two", async () => {
    const { clock, tenant, nadia, edge, byWhatsapp, main, other, merge } = await mergingShop();
    const plan = (text: string, unlessAnswered: boolean) =>
      scheduleReply(nadia.ctx, { ...other, text, sendAt: "2026-11-20T11:00", unlessAnswered, idempotencyKey: newId() });
    await plan("rappel", false);
    await plan("sans réponse ?", true);
    await merge();
    expect((await openConversation(nadia.ctx, main)).scheduled.map(({ text }) => text)).toEqual([
      "rappel",
      "sans réponse ?",
    ]);
    await receiveMessages(edge, [byWhatsapp.message("wamid.9", { seconds: 1_200, text: "me voilà" })]);
    clock.advance(2 * 3_600_000);
    await sendScheduled(edge, other);
    const sent = (await rowsOf<Row>(tenant, "messages")).filter(({ status }) => status === "pending");
    expect(sent.map(({ text, conversation_id }) => [text, conversation_id])).toEqual([
      ["rappel", other.conversationId],
    ]);
  });

  it("say before in numbers what will happen, and offer the customer's other conversations only", async () => {
    const { nadia, tenant, main, other, customer, sms } = await mergingShop();
    await createConversation(tenant, { channel: sms, customer: await createCustomer(tenant) });
    await createConversation(tenant, { channel: sms, customer, addressValue: "spam", status: "spam" });
    await createTicket(tenant, { ...other });
    await saveDraft(nadia.ctx, { ...other, text: "je" });
    expect(await previewMerge(nadia.ctx, other)).toMatchObject({
      messages: 1,
      unread: 1,
      tickets: 1,
      scheduled: 0,
      drafts: 1,
      labels: 0,
      into: [{ id: main.conversationId, name: "WhatsApp Boutique", messages: 3, preview: "trois" }],
    });
  });
});

describe("merging is refused", () => {
  it("into itself, for what was merged, for spam, and for another customer's", async () => {
    const { nadia, tenant, customer, sms, main, other, merge } = await mergingShop();
    const stranger = await createConversation(tenant, { channel: sms, customer: await createCustomer(tenant) });
    const spam = await createConversation(tenant, { channel: sms, customer, addressValue: "s", status: "spam" });
    const into = (intoId: string) => mergeConversations(nadia.ctx, { conversationId: other.conversationId, intoId });
    await expect(into(other.conversationId)).rejects.toMatchObject({ fields: { intoId: "merge_itself_conversation" } });
    await expect(into(stranger.conversationId)).rejects.toMatchObject({ reason: "merge_other_customer" });
    await expect(into(spam.conversationId)).rejects.toMatchObject({ reason: "merge_spam" });
    await expect(into(newId())).rejects.toMatchObject({ code: "not_found" });
    await merge();
    await expect(merge()).rejects.toMatchObject({ reason: "conversation_merged" });
    await expect(resolveConversation(nadia.ctx, other)).rejects.toMatchObject({ reason: "conversation_merged" });
    await expect(unmergeConversations(nadia.ctx, main)).rejects.toMatchObject({ reason: "not_merged_conversation" });
  });

  it("to another business, which sees neither", async () => {
    const { main, other, merge } = await mergingShop();
    const stranger = await createMember(await createTenant(), "owner");
    const ids = { conversationId: other.conversationId, intoId: main.conversationId };
    await expect(mergeConversations(stranger.ctx, ids)).rejects.toMatchObject({ code: "not_found" });
    await expect(previewMerge(stranger.ctx, other)).rejects.toMatchObject({ code: "not_found" });
    await merge();
    await expect(unmergeConversations(stranger.ctx, other)).rejects.toMatchObject({ code: "not_found" });
  });
});

it("nothing stays of a merge when its customer is erased", async () => {
  const { tenant, customer, merge } = await mergingShop();
  await merge();
  const owner = await createMember(tenant, "owner");
  await eraseCustomer(owner.ctx, { customerId: customer.customerId });
  const rows = await rowsOf<Row>(tenant, "conversations");
  expect(rows.map(({ status, thread_id, merged_state }) => [status, thread_id, merged_state])).toEqual([
    ["resolved", null, null],
    ["resolved", null, null],
  ]);
});
