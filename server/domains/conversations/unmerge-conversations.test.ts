import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createConversation, createMessage } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { createLabel } from "#server/domains/labels/save-label.ts";
import { saveDraft } from "#server/domains/drafts/save-draft.ts";
import { readDraft } from "#server/domains/drafts/index.ts";
import { addConversationNote } from "./add-note.ts";
import { assignConversation } from "./assign-conversation.ts";
import { resolveConversation } from "./change-conversation-status.ts";
import { labelConversation } from "./label-conversation.ts";
import { listThread } from "./list-thread.ts";
import { mergeConversations } from "./merge-conversations.ts";
import { openConversation } from "./open-conversation.ts";
import { receiveMessages } from "./receive-messages.ts";
import { at } from "./testing.ts";
import { unmergeConversations } from "./unmerge-conversations.ts";
import { mergingShop } from "./testing-merge.ts";

await testDatabase();

describe("what follows, and comes back", () => {
  it("is everything that the other had not: labels, assignee, drafts, and that it was open", async () => {
    const { nadia, main, other, row, merge, part } = await mergingShop();
    const { labelId } = await createLabel(nadia.ctx, { name: "Garantie" });
    await labelConversation(nadia.ctx, { ...other, labelId, on: true });
    await assignConversation(nadia.ctx, { ...other, assigneeId: nadia.userId });
    await saveDraft(nadia.ctx, { ...other, text: "Bonjour" });
    await resolveConversation(nadia.ctx, main);
    await merge();
    const now = await openConversation(nadia.ctx, main);
    expect(now.conversation).toMatchObject({ status: "open", assignee: { name: "Nadia" }, labels: [{ on: true }] });
    expect(now.draft?.text).toBe("Bonjour");

    await part();
    const [back, again] = [await openConversation(nadia.ctx, main), await openConversation(nadia.ctx, other)];
    expect(back.conversation).toMatchObject({
      status: "resolved",
      assignee: null,
      labels: [{ on: false }],
      merged: [],
    });
    expect(back.draft).toBeNull();
    expect(again.conversation).toMatchObject({ status: "open", assignee: { name: "Nadia" }, labels: [{ on: true }] });
    expect(again.draft?.text).toBe("Bonjour");
    expect(await row(main)).toMatchObject({ message_count: 3, unread_count: 1, last_message_preview: "trois" });
    expect(await row(other)).toMatchObject({ message_count: 1, unread_count: 1, last_message_preview: "par SMS" });
  });

  it("takes along what came and went by its address meanwhile, and leaves notes where they were written", async () => {
    const { nadia, edge, bySms, main, other, merge, part, texts } = await mergingShop();
    await merge();
    await receiveMessages(edge, [bySms.message("SM7", { seconds: 700, text: "encore" })]);
    await addConversationNote(nadia.ctx, { ...other, text: "à voir" });
    await part();
    expect(await texts(other)).toEqual(["par SMS", "encore"]);
    expect(await texts(main)).toEqual(["un", "deux", "trois", "à voir"]);
  });

  it("is open where its customer waits since, however it stood", async () => {
    const { nadia, edge, bySms, other, merge, part, row } = await mergingShop();
    await resolveConversation(nadia.ctx, other);
    await merge();
    await receiveMessages(edge, [bySms.message("SM8", { seconds: 900 })]);
    await part();
    expect(await row(other)).toMatchObject({ status: "open", resolved_at: null });
  });

  it("joins what one member was writing in both, as a note if either was", async () => {
    const { nadia, main, other, merge } = await mergingShop();
    await saveDraft(nadia.ctx, { ...main, text: "Bonjour" });
    await saveDraft(nadia.ctx, { ...other, text: "pénible", note: true });
    await merge();
    expect(await readDraft(nadia.ctx, main)).toMatchObject({ text: "Bonjour\n\npénible", note: true });
    expect(await readDraft(nadia.ctx, other)).toBeNull();
  });

  it("follows through several merges, and each can be taken back in any order", async () => {
    const { nadia, tenant, customer, sms, main, other, texts } = await mergingShop();
    const third = await createConversation(tenant, { customer, channel: sms, addressValue: "+33639981009" });
    await createMessage(third, { text: "troisième", occurredAt: at(40) });
    await mergeConversations(nadia.ctx, { conversationId: other.conversationId, intoId: main.conversationId });
    await mergeConversations(nadia.ctx, { conversationId: main.conversationId, intoId: third.conversationId });
    expect(await texts(third)).toEqual(["un", "deux", "trois", "par SMS", "troisième"]);
    await unmergeConversations(nadia.ctx, main);
    expect([await texts(main), await texts(third)]).toEqual([["un", "deux", "trois", "par SMS"], ["troisième"]]);
    await mergeConversations(nadia.ctx, { conversationId: main.conversationId, intoId: third.conversationId });
    await unmergeConversations(nadia.ctx, other);
    expect([await texts(other), await texts(third)]).toEqual([["par SMS"], ["un", "deux", "trois", "troisième"]]);
  });

  it("is told in both threads and in the log of who did what", async () => {
    const { tenant, nadia, main, other, merge, part } = await mergingShop();
    await merge();
    await part();
    const events = async (ref: { conversationId: string }) =>
      (await listThread(nadia.ctx, ref)).messages.flatMap(({ kind, data }) =>
        kind === "event" ? [[data?.["event"], data?.["name"], data?.["messages"]]] : [],
      );
    expect(await events(other)).toEqual([
      ["merged", "WhatsApp Boutique", 1],
      ["unmerged", "WhatsApp Boutique", 1],
    ]);
    expect(await events(main)).toEqual([
      ["absorbed", "SMS Boutique", 1],
      ["released", "SMS Boutique", 1],
    ]);
    const audited = await withTenant(tenant, (tx) =>
      tx
        .select({ action: auditLog.action, data: auditLog.data, by: auditLog.actorId })
        .from(auditLog)
        .where(and(eq(auditLog.entityType, "conversation"), eq(auditLog.entityId, other.conversationId)))
        .orderBy(auditLog.id),
    );
    expect(audited).toEqual([
      { action: "conversation.merge", data: { into: main.conversationId, messages: 1 }, by: nadia.userId },
      { action: "conversation.unmerge", data: { from: main.conversationId, messages: 1 }, by: nadia.userId },
    ]);
  });
});
