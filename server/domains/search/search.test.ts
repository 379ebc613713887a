import { expect, test } from "vitest";
import {
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import type { Ctx } from "#server/core/context.ts";
import { eraseCustomer } from "#server/domains/erasure/erase-customer.ts";
import { addTicketNote } from "#server/domains/tickets/add-ticket-note.ts";
import type { SearchInput } from "./schemas.ts";
import { searchConversations } from "./search-conversations.ts";
import { searchTickets } from "./search-tickets.ts";
import type { Segment } from "./terms.ts";

await testDatabase();

const day = (back: number) => new Date(Date.now() - back * 86_400_000);
const marked = (text: Segment[]) => text.filter(({ hit }) => hit).map((segment) => segment.text);
const whole = (text: Segment[]) => text.map((segment) => segment.text).join("");

async function shop() {
  const tenant = await createTenant();
  const agent = await createMember(tenant);
  const said = async (text: string, values: Record<string, unknown> = {}) => {
    const customer = await createCustomer(tenant);
    const conversation = await createConversation(tenant, { customer });
    const message = await createMessage(conversation, { text, ...values });
    return { ...conversation, ...message, customerId: customer.customerId };
  };
  return { tenant, agent, ctx: agent.ctx, said };
}

const found = async (ctx: Ctx, query: string, rest: Partial<SearchInput> = {}) =>
  (await searchConversations(ctx, { query, ...rest })).hits.map(({ id }) => id);
const numbers = async (ctx: Ctx, query: string, rest: Partial<SearchInput> = {}) =>
  (await searchTickets(ctx, { query, ...rest })).hits.map(({ number }) => number);

test("words are found without accents, in any case and order, the last one by its beginning, and are marked as they stand", async () => {
  const { ctx, said } = await shop();
  const one = await said("L’Élan est arrivé cassé, et <b>l’œuf</b> aussi : un cœur brisé à Noël");
  await said("Rien à voir");
  for (const query of ["élan", "ELAN casse", "cassé élan", "bri", "oeuf", "cœur noel", "Éla"])
    expect([query, await found(ctx, query)]).toEqual([query, [one.conversationId]]);
  // In the middle only the whole word counts.
  expect(await found(ctx, "bri noel")).toEqual([]);
  expect(await found(ctx, "'); drop | * & ! :")).toEqual([]);
  const { hits } = await searchConversations(ctx, { query: "elan oeuf" });
  expect(marked(hits[0]!.text)).toEqual(["Élan", "œuf"]);
  expect(whole(hits[0]!.text)).toContain("<b>");
});

test("a mistyped word finds what looks like it, where hardly anything holds it as typed", async () => {
  const { ctx, said } = await shop();
  const one = await said("Où en est ma livraison ?");
  await said("Je voudrais un remboursement");
  const answer = await searchConversations(ctx, { query: "livrasion" });
  expect(answer).toMatchObject({ hits: [{ id: one.conversationId }], instead: ["livraison"] });
  expect(marked(answer.hits[0]!.text)).toEqual(["livraison"]);
  expect((await searchConversations(ctx, { query: "ma livrasion" })).hits).toHaveLength(1);
  expect((await searchConversations(ctx, { query: "rembourssement" })).instead).toEqual(["remboursement"]);
  expect(await searchConversations(ctx, { query: "zzyzx" })).toMatchObject({ hits: [], instead: [] });
});

test("the newer comes first among equals, a word of the subject before one of the description", async () => {
  const { tenant, ctx, said } = await shop();
  const [old, fresh] = [
    await said("Une facture", { occurredAt: day(400) }),
    await said("Une facture", { occurredAt: day(1) }),
  ];
  expect(await found(ctx, "facture")).toEqual([fresh.conversationId, old.conversationId]);
  const [first, second] = [
    await createTicket(tenant, { subject: "Facture perdue", createdAt: day(300) }),
    await createTicket(tenant, { subject: "Question", description: "au sujet de la facture", createdAt: day(1) }),
  ];
  expect(await numbers(ctx, "facture")).toEqual([first.number, second.number]);
});

test("tickets are found by number, subject, description and notes, each once", async () => {
  const { tenant, ctx } = await shop();
  const one = await createTicket(tenant, { subject: "Lampe cassée", description: "Le pied est fendu" });
  const two = await createTicket(tenant, { subject: "Autre chose" });
  await addTicketNote(ctx, { ticketId: one.ticketId, text: "Fendu, vu sur la photo" });
  await addTicketNote(ctx, { ticketId: two.ticketId, text: "Le transporteur rappelle demain" });
  expect(await numbers(ctx, `#${two.number}`)).toEqual([two.number]);
  expect(await numbers(ctx, "fendu")).toEqual([one.number]);
  expect((await searchTickets(ctx, { query: "transporteur" })).hits).toMatchObject([
    { number: two.number, isNote: true },
  ]);
});

test("notes, channels, age, one's own words and one's own work narrow a search", async () => {
  const { tenant, agent, ctx, said } = await shop();
  const mine = await said("colis perdu", {
    direction: "out",
    status: "sent",
    authorId: agent.userId,
    occurredAt: day(3),
  });
  const theirs = await said("colis perdu", { occurredAt: day(20) });
  await withTenant(
    tenant,
    (tx) => tx.raw`update conversations set assignee_id = ${agent.userId} where id = ${theirs.conversationId}`,
  );
  expect((await found(ctx, "colis")).toSorted()).toEqual([mine.conversationId, theirs.conversationId].toSorted());
  expect(await found(ctx, "colis", { sinceDays: 7 })).toEqual([mine.conversationId]);
  expect(await found(ctx, "colis", { by: "written" })).toEqual([mine.conversationId]);
  expect(await found(ctx, "colis", { by: "assigned" })).toEqual([theirs.conversationId]);
  expect(await found(ctx, "colis", { channel: "instagram" })).toEqual([]);
});

test("page after page, everything is answered once, in one order", async () => {
  const { ctx, said } = await shop();
  const all = [];
  for (let n = 0; n < 7; n++) all.push((await said(`abonnement ${n}`, { occurredAt: day(n) })).conversationId);
  const seen: string[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof searchConversations>> = await searchConversations(ctx, {
      query: "abonnement",
      limit: 3,
      cursor,
    });
    expect(page.found).toBe(7);
    seen.push(...page.hits.map(({ id }) => id));
    cursor = page.next;
  } while (cursor);
  expect(seen).toEqual(all);
  await expect(searchConversations(ctx, { query: "abonnement", cursor: "x" })).rejects.toMatchObject({
    code: "invalid",
  });
});

test("what was taken back, edited, deleted or erased is found no more, by its words or by theirs that look alike", async () => {
  const { tenant, ctx, said } = await shop();
  const admin = await createMember(tenant, "admin");
  const [revoked, edited, kept] = [
    await said("zibeline revoquee"),
    await said("zibeline avant"),
    await said("mouchoir"),
  ];
  await withTenant(tenant, (tx) => tx.raw`update messages set deleted_at = now() where id = ${revoked.messageId}`);
  await withTenant(tenant, (tx) => tx.raw`update messages set text = 'tricorne' where id = ${edited.messageId}`);
  expect(await found(ctx, "zibeline")).toEqual([]);
  expect(await found(ctx, "tricorne")).toEqual([edited.conversationId]);
  expect((await searchConversations(ctx, { query: "zibelline" })).instead).toEqual([]);
  await eraseCustomer(admin.ctx, { customerId: edited.customerId });
  expect(await found(ctx, "tricorne")).toEqual([]);
  const left = await withTenant(tenant, (tx) => tx.raw<{ word: string }[]>`select word from search_words order by 1`);
  expect(left.map(({ word }) => word)).toContain("mouchoir");
  expect(left.map(({ word }) => word)).not.toContain("tricorne");
  await withTenant(tenant, (tx) => tx.raw`delete from messages where id = ${kept.messageId}`);
  expect(await found(ctx, "mouchoir")).toEqual([]);
});

test("no door tells another business of these words, nor forgets them for it", async () => {
  const { tenant, ctx, said } = await shop();
  const stranger = await shop();
  await said("capucine");
  await createTicket(tenant, { subject: "capucine" });
  expect(await found(stranger.ctx, "capucine")).toEqual([]);
  expect(await numbers(stranger.ctx, "capucine")).toEqual([]);
  expect((await searchConversations(stranger.ctx, { query: "capuccine" })).instead).toEqual([]);
  const ask = (statement: string) => withTenant(stranger.tenant, (tx) => tx.raw.unsafe(statement));
  const scope = `@${tenant.tenantId}:conversation`;
  expect(
    await ask(
      `select * from door.search_texts('conversation', array['${scope}'], null, null, null, null, null, null, 10)`,
    ),
  ).toHaveLength(0);
  expect(await ask("select * from door.similar_words(array['capucine'], 3)")).toHaveLength(0);
  await ask("select door.forget_words(array['capucine'])");
  expect((await searchConversations(ctx, { query: "capuccine" })).instead).toEqual(["capucine"]);
});

test("typed with a term of its own, the door takes it as plain words", async () => {
  const { tenant, ctx, said } = await shop();
  const one = await said("porte-plume à réservoir");
  expect(await found(ctx, "porte-plume")).toEqual([one.conversationId]);
  const hostile = ["'x' | 'y'", "porte' | '@", "\\", "|", "*", "porte|plume", ":*"];
  for (const term of hostile)
    await withTenant(
      tenant,
      (tx) =>
        tx.raw`select * from door.search_texts('conversation', ${[term]}::text[], null, null, null, null, null, null, 10)`,
    );
});
