import { expect, test } from "vitest";
import {
  createConversation,
  createMember,
  createMessage,
  createTenant,
  createTicket,
  readCustomer,
} from "./factories.ts";
import { testDatabase } from "./testing.ts";

await testDatabase();

test("the factories make rows that the database accepts and counts", async () => {
  const tenant = await createTenant();
  const agent = await createMember(tenant, "agent");
  const conversation = await createConversation(tenant, { assigneeId: agent.userId });
  await createMessage(conversation);
  await createMessage(conversation, { direction: "out", text: "Oui, jusqu’à 18 h." });
  const first = await createTicket(tenant, {
    customerId: conversation.customerId,
    conversationId: conversation.conversationId,
  });
  const second = await createTicket(tenant);
  expect([first.number, second.number]).toEqual([1, 2]);
  expect(await readCustomer(conversation)).toMatchObject({
    totalConversations: 1,
    totalMessages: 2,
    totalTickets: 1,
  });
});
