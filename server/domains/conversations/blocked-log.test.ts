import { expect, test } from "vitest";
import { createChannel, createMember, createTenant } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { logsOf, post, startEdge, textMessage, whatsappPost } from "#server/webhooks/testing.ts";
import { readLedger } from "#server/domains/webhook-logs/read-ledger.ts";
import { blockSender } from "./block-sender.ts";
import { getConversation } from "./get-conversation.ts";
import { rowsOf } from "./testing.ts";

await testDatabase();
const edge = await startEdge();

test("what a blocked person writes is in the log with its reason and its message, and the ledger closes", async () => {
  const tenant = await createTenant();
  const channel = await createChannel(tenant);
  const { ctx } = await createMember(tenant, "owner");
  const say = async (id: string) => {
    const body = whatsappPost({ channel, messages: [textMessage({ id, from: "33639980044", text: id })] });
    await post(`${edge.url}/webhooks/whatsapp`, body, channel.credentials.app_secret!);
    await edge.drain.emptied(tenant.tenantId);
  };
  await say("wamid.before");
  const [thread] = await rowsOf<{ id: string }>(tenant, "conversations");
  const conversationId = thread!.id;
  await blockSender(ctx, { conversationId });
  await say("wamid.after");
  const logs = await logsOf(tenant);
  expect(logs.map(({ status, reason }) => [status, reason])).toEqual([
    ["processed", null],
    ["processed", "sender_blocked"],
  ]);
  const [kept] = (await rowsOf<Record<string, unknown>>(tenant, "messages")).filter(
    (message) => message["external_id"] === "wamid.after",
  );
  expect(kept).toMatchObject({ read: true, conversation_id: conversationId, data: { quiet: true } });
  expect((await getConversation(ctx, { conversationId })).unreadCount).toBe(1);
  const [today] = await readLedger(ctx, { since: new Date() });
  const { received, processed, duplicate, ignored, rejected, failed, waiting } = today!.total;
  expect(received).toBe(2);
  expect(received).toBe(processed + duplicate + ignored + rejected + failed + waiting);
});
