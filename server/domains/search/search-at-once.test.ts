import { expect, test } from "vitest";
import {
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { searchAtOnce } from "./search-at-once.ts";

await testDatabase();
const tenant = await createTenant();
const other = await createTenant();
const { ctx } = await createMember(tenant);

/** Somebody, and what was said with them. */
async function talk(of: typeof tenant, name: string, text: string) {
  const customer = await createCustomer(of, { displayName: name });
  const conversation = await createConversation(of, { customer });
  await createMessage(conversation, { text });
  return { customerId: customer.customerId, conversationId: conversation.conversationId };
}
const speaks = await talk(tenant, "Hortense Lampion", "Bonjour, mon vitrail est fendu");
const bears = await talk(tenant, "Vitrail Création", "Bonjour");
await talk(other, "Vitrail Ailleurs", "Le vitrail d’un autre");
await createTicket(other, { subject: "Vitrail d’ailleurs" });
const ticket = await createTicket(tenant, { subject: "Reposer le vitrail" });

test("what is typed leads to customers, tickets and what was said, and to conversations with whom it names", async () => {
  const found = await searchAtOnce(ctx, { query: "vitrail" });
  expect(found.customers.map(({ id }) => id)).toEqual([bears.customerId]);
  expect(found.tickets.map(({ number }) => number)).toEqual([ticket.number]);
  expect(found.conversations.map(({ id }) => id)).toEqual([speaks.conversationId]);
  expect(found.held.map(({ id }) => id)).toEqual([bears.conversationId]);
});

test("a conversation is told once, and no more than asked for", async () => {
  const both = await talk(tenant, "Girouette Marchand", "La girouette grince");
  for (let n = 0; n < 3; n++) await talk(tenant, `Girouette ${n}`, "Bonjour");
  const found = await searchAtOnce(ctx, { query: "girouette", limit: 3 });
  expect(found.conversations.map(({ id }) => id)).toEqual([both.conversationId]);
  expect(found.held).toHaveLength(2);
  expect(found.held.map(({ id }) => id)).not.toContain(both.conversationId);
});

test("one statement a kind, one for the rows of each; mistyped, what was meant is asked once for all", async () => {
  const exact = await statementsOf(() => searchAtOnce(ctx, { query: "vitrail" }));
  expect(exact.filter(({ query }) => query.includes("similar_words"))).toHaveLength(1);
  expect(exact).toHaveLength(8);
  const found = await searchAtOnce(ctx, { query: "vitrial" });
  expect(found.conversations.map(({ id }) => id)).toEqual([speaks.conversationId]);
  const mistyped = await statementsOf(() => searchAtOnce(ctx, { query: "vitrial" }));
  expect(mistyped.filter(({ query }) => query.includes("similar_words"))).toHaveLength(1);
  expect(mistyped).toHaveLength(10);
});
