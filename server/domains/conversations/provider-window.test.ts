import { expect, test } from "vitest";
import { createMember } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { applyMessageEvents } from "./apply-message-events.ts";
import { getConversation } from "./get-conversation.ts";
import { receiveMessages } from "./receive-messages.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import { at, receivingShop } from "./testing.ts";

await testDatabase();

test("a window that the provider says is closed is closed, until the customer writes again", async () => {
  const { tenant, ctx, message, status } = await receivingShop();
  const { ctx: member } = await createMember(tenant);
  const now = { ...member, clock: fixedClock(at(60)) };
  const [received] = await receiveMessages(ctx, [message("wamid.late", { seconds: 0 })]);
  const conversationId = received!.conversationId!;
  const state = async () => (await getConversation(now, { conversationId })).reply;
  expect(await state()).toMatchObject({ refusal: null, way: "free" });

  const { messageId } = await replyToConversation(now, { conversationId, text: "Bonjour", idempotencyKey: newId() });
  const told = status("wamid.reply", "failed", {
    seconds: 61,
    trackingId: messageId,
    error: { code: "63016", text: "Outside", class: "window" },
  });
  await applyMessageEvents(ctx, [told]);
  await applyMessageEvents(ctx, [told]);
  expect(await state()).toMatchObject({ refusal: "window_closed", windowEndsAt: at(60) });
  await expect(
    replyToConversation(now, { conversationId, text: "Encore", idempotencyKey: newId() }),
  ).rejects.toMatchObject({ reason: "window_closed" });

  await receiveMessages(ctx, [message("wamid.again", { seconds: 90 })]);
  expect(await state()).toMatchObject({ refusal: null, way: "free" });
});

test("another failure closes nothing", async () => {
  const { tenant, ctx, message, status } = await receivingShop();
  const { ctx: member } = await createMember(tenant);
  const now = { ...member, clock: fixedClock(at(60)) };
  const [received] = await receiveMessages(ctx, [message("wamid.first", { seconds: 0 })]);
  const conversationId = received!.conversationId!;
  const { messageId } = await replyToConversation(now, { conversationId, text: "Bonjour", idempotencyKey: newId() });
  const error = { code: "30005", text: "Unknown number" };
  await applyMessageEvents(ctx, [status("wamid.lost", "failed", { seconds: 61, trackingId: messageId, error })]);
  expect((await getConversation(now, { conversationId })).reply).toMatchObject({ refusal: null });
});
