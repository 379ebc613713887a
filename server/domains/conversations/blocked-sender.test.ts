import { describe, expect, it } from "vitest";
import { createMember } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { blockSender, unblockSender } from "./block-sender.ts";
import { markSpam, reopenConversation } from "./change-conversation-status.ts";
import { getConversation } from "./get-conversation.ts";
import { listConversations } from "./list-conversations.ts";
import { listThread } from "./list-thread.ts";
import { receiveMessages } from "./receive-messages.ts";
import { snoozeConversation } from "./snooze-conversation.ts";
import { receivingShop, rowsOf } from "./testing.ts";

await testDatabase();

async function shop() {
  const made = await receivingShop({ autoTicketRule: "reopened_conversation", autoReply: "Bien reçu" });
  const { ctx: agent } = await createMember(made.tenant);
  const [first] = await receiveMessages(made.ctx, [made.message("wamid.1")]);
  const conversationId = first!.conversationId!;
  const state = () => getConversation(agent, { conversationId });
  const idsIn = async (view: "open" | "spam") => (await listConversations(agent, { view })).rows.map((row) => row.id);
  const countOf = async (table: string) => (await rowsOf(made.tenant, table)).length;
  return { ...made, agent, conversationId, state, idsIn, countOf };
}

describe("somebody who is blocked", () => {
  it("is read by whoever looks, and by nobody's counts, tickets or answers", async () => {
    const { ctx, agent, message, conversationId, state, idsIn, countOf } = await shop();
    const before = [await countOf("tickets"), (await state()).unreadCount];
    await blockSender(agent, { conversationId });
    await blockSender(agent, { conversationId });
    expect([await idsIn("open"), await idsIn("spam")]).toEqual([[], [conversationId]]);
    const replies = await countOf("messages");
    const told = await receiveMessages(ctx, [message("wamid.2", { seconds: 60, text: "Encore moi" })]);
    expect(told).toMatchObject([{ outcome: "quiet", conversationId, ticketId: null }]);
    expect(await receiveMessages(ctx, [message("wamid.2", { seconds: 60 })])).toMatchObject([{ outcome: "duplicate" }]);
    expect([await countOf("tickets"), (await state()).unreadCount]).toEqual(before);
    expect(await countOf("messages")).toBe(replies + 1);
    expect(await state()).toMatchObject({ status: "spam", blocked: true });
    const { messages } = await listThread(agent, { conversationId });
    expect(messages.map((one) => one.text)).toContain("Encore moi");

    await unblockSender(agent, { conversationId });
    expect(await state()).toMatchObject({ status: "open", blocked: false });
    const [heard] = await receiveMessages(ctx, [message("wamid.3", { seconds: 90 })]);
    expect(heard).toMatchObject({ outcome: "received" });
    expect((await state()).unreadCount).toBe(before[1]! + 1);
  });

  it("waits for nobody: an answer leaves no wait behind, and what they began anew is spam at once", async () => {
    const { tenant, ctx, agent, message, conversationId, state } = await shop();
    await blockSender(agent, { conversationId });
    // An answer sent from elsewhere ends the old wait; the word after it begins none.
    await receiveMessages(ctx, [
      message("wamid.2", { seconds: 30, direction: "out" }),
      message("wamid.3", { seconds: 40 }),
    ]);
    expect((await state()).waitingSince).toBeNull();
    await snoozeConversation(agent, { conversationId, until: "tomorrow" });
    await receiveMessages(ctx, [message("wamid.4", { seconds: 50 })]);
    expect((await state()).status).toBe("snoozed");
    expect(await rowsOf(tenant, "audit_log")).toMatchObject(
      expect.arrayContaining([expect.objectContaining({ action: "customer.block", actor_id: expect.any(String) })]),
    );
  });

  it("is blocked by members of the business alone", async () => {
    const [one, other] = [await shop(), await shop()];
    const { conversationId } = one;
    for (const act of [blockSender, unblockSender])
      await expect(act(other.agent, { conversationId })).rejects.toMatchObject({ code: "not_found" });
    expect(await one.state()).toMatchObject({ blocked: false });
    await expect(blockSender(one.agent, { conversationId: newId() })).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("spam", () => {
  it("stays where it is when its writer goes on, and comes back when a member says so", async () => {
    const { ctx, agent, message, conversationId, state, idsIn } = await shop();
    await markSpam(agent, { conversationId });
    const [told] = await receiveMessages(ctx, [message("wamid.2", { seconds: 60 })]);
    expect(told?.outcome).toBe("quiet");
    expect(await idsIn("spam")).toEqual([conversationId]);
    await reopenConversation(agent, { conversationId });
    expect(await state()).toMatchObject({ status: "open", unreadCount: 1 });
    const [heard] = await receiveMessages(ctx, [message("wamid.3", { seconds: 90 })]);
    expect(heard?.outcome).toBe("received");
  });
});
