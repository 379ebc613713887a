import { describe, expect, it, test } from "vitest";
import { createMember, createTicket, systemCtx } from "#db/factories.ts";
import { appPool } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { newId } from "#server/core/ids.ts";
import { resolveTicket } from "#server/domains/tickets/resolve-ticket.ts";
import { recordScores } from "./record-scores.ts";
import { askedShop as asked, day, hour, minute, surveyShop } from "./testing.ts";

await testDatabase();

type Shop = Awaited<ReturnType<typeof surveyShop>>;

const told = (shop: Shop) =>
  shop.rows<{ user_id: string; kind: string; times: number }>(
    "select user_id, kind, times from notifications order by user_id",
  );

describe("a bare number", () => {
  it("is the score: nothing opens again, nobody waits, nobody is told, no rule answers", async () => {
    const shop = await asked();
    const { ticketId } = await createTicket(shop.tenant, {
      conversationId: shop.conversationId,
      customerId: shop.customer.customerId,
      status: "resolved",
      resolvedAt: shop.clock.now(),
    });
    await shop.rows(
      "update channel_configurations set auto_reply = 'Bonjour !', auto_ticket_rule = 'reopened_conversation'",
    );
    const before = await shop.rows("select count(*)::int as count from ticket_events");
    await shop.hears("4");
    expect(await shop.surveys()).toEqual([{ status: "answered", reason: null, score: 4, comment: null }]);
    expect(await shop.thread()).toMatchObject({ status: "resolved", unread_count: 0, waiting_since: null });
    expect(await shop.rows("select id, status from tickets")).toEqual([{ id: ticketId, status: "resolved" }]);
    expect(await shop.rows("select count(*)::int as count from ticket_events")).toEqual(before);
    expect(await told(shop)).toEqual([]);
    expect(
      await shop.rows("select text from messages where direction = 'out' and data ->> 'rule' is not null"),
    ).toEqual([]);
    expect(await shop.rows("select text, data, read from messages where data -> 'score' is not null")).toEqual([
      { text: "4", data: { score: 4, automatic: "score" }, read: true },
    ]);
  });

  it("is corrected by another for ten minutes, and is a message afterwards", async () => {
    const shop = await asked();
    await shop.hears("2");
    shop.clock.advance(5 * minute);
    await shop.hears("4");
    expect(await shop.surveys()).toMatchObject([{ status: "answered", score: 4 }]);
    shop.clock.advance(11 * minute);
    await shop.hears("3");
    expect(await shop.surveys()).toMatchObject([{ status: "answered", score: 4 }]);
    expect((await shop.thread()).status).toBe("open");
  });

  it("counts once, however often the provider tells of it", async () => {
    const shop = await asked();
    const messageId = newId();
    await shop.hears("4", { messageId });
    await shop.rows("update surveys set comment = 'kept'");
    await shop.hears("4", { messageId });
    expect(await shop.surveys()).toEqual([{ status: "answered", reason: null, score: 4, comment: "kept" }]);
  });

  const plain: [string, (shop: Shop) => Promise<unknown>][] = [
    ["the survey is over", async (shop) => shop.clock.advance(8 * day)],
    ["we wrote since: it answers that", (shop) => shop.answers("Combien en voulez-vous ?")],
    ["the customer wrote something else since", (shop) => shop.hears("Attendez")],
    [
      "the question never arrived",
      (shop) => shop.rows("update messages set status = 'failed' where data -> 'survey' is not null"),
    ],
    ["none was asked", (shop) => shop.rows("update surveys set status = 'not_sent', reason = 'too_soon'")],
  ];
  test.each(plain)("is a message like any other when %s", async (_, happens) => {
    const shop = await asked();
    await happens(shop);
    shop.clock.advance(minute);
    await shop.hears("4");
    expect((await shop.surveys())[0]).toMatchObject({ score: null });
    expect(await shop.thread()).toMatchObject({ status: "open", waiting_since: expect.any(Date) as Date });
  });

  it("of a program is none, whatever it says", async () => {
    const shop = await asked({ provider: "email" });
    const references = await shop.rows<{ external_id: string }>(
      "select external_id from messages where data -> 'survey' is not null",
    );
    const thread = {
      subject: "Re:",
      references: references.map((one) => one.external_id),
      token: null,
      participants: [],
    };
    await shop.hears("5", { thread: { ...thread, automatic: true } });
    expect(await shop.surveys()).toMatchObject([{ status: "asked", score: null }]);
    await shop.hears("5", { thread: { ...thread, automatic: false } });
    expect(await shop.surveys()).toMatchObject([{ status: "answered", score: 5 }]);
    expect((await shop.thread()).status).toBe("resolved");
  });
});

it("a score with words is kept, and they are a message that opens the conversation", async () => {
  const shop = await asked();
  await shop.hears("2, personne ne m’a rappelé");
  expect(await shop.surveys()).toMatchObject([{ status: "answered", score: 2, comment: "personne ne m’a rappelé" }]);
  expect(await shop.thread()).toMatchObject({ status: "open", unread_count: 1, survey_until: null });
  // What follows is a conversation.
  await shop.hears("4");
  expect(await shop.surveys()).toMatchObject([{ score: 2 }]);
});

it("words that only look like a score are a message, and the survey goes unanswered", async () => {
  const shop = await asked();
  await shop.hears("5 bougies, s’il vous plaît");
  expect(await shop.surveys()).toMatchObject([{ status: "asked", score: null }]);
  expect((await shop.thread()).status).toBe("open");
});

describe("a low score", () => {
  it("tells the one whose work it was, and managers; once, and not who is content", async () => {
    const shop = await asked();
    const admin = await createMember(shop.tenant, "admin");
    await shop.hears("1");
    const kinds = (await told(shop)).map(({ user_id, kind, times }) => [user_id, kind, times]);
    expect(new Set(kinds.map(([userId]) => userId))).toEqual(new Set([shop.member.userId, shop.manager.userId]));
    expect(kinds.every(([, kind, times]) => kind === "low_score" && times === 1)).toBe(true);
    expect(kinds.map(([userId]) => userId)).not.toContain(admin.userId);
    await shop.hears("1");
    expect((await told(shop)).every(({ times }) => times === 1)).toBe(true);
  });

  it("tells whom the business chose, from the score it chose", async () => {
    const shop = await asked({ settings: { lowScore: 3, tellManagers: false } });
    await shop.hears("3");
    expect((await told(shop)).map((one) => one.user_id)).toEqual([shop.member.userId]);
    const silent = await asked({ settings: { lowScore: null } });
    await silent.hears("1");
    expect(await told(silent)).toEqual([]);
  });
});

it("shows on the ticket's timeline", async () => {
  const shop = await surveyShop();
  const { ticketId } = await createTicket(shop.tenant, {
    conversationId: shop.conversationId,
    customerId: shop.customer.customerId,
  });
  await resolveTicket(shop.member.ctx, { ticketId });
  shop.clock.advance(hour);
  await shop.ask();
  await shop.hears("2");
  shop.clock.advance(minute);
  await shop.hears("3");
  expect(await shop.rows("select type, data from ticket_events where type = 'survey' order by id")).toEqual([
    { type: "survey", data: { to: 2 } },
    { type: "survey", data: { from: 2, to: 3 } },
  ]);
  expect(await shop.rows("select subject from notifications")).toEqual([{ subject: "ticket" }, { subject: "ticket" }]);
});

it("costs receiving nothing where no survey is pending, and two statements where one is answered", async () => {
  const shop = await surveyShop();
  await shop.hears("Bonjour");
  const without = await statementsOf(() => shop.hears("4"));
  await shop.answers();
  await shop.resolve();
  shop.clock.advance(hour);
  await shop.ask();
  shop.clock.advance(minute);
  const answered = await statementsOf(() => shop.hears("4"));
  expect(without.filter(({ query }) => /surveys/.test(query) && !/survey_until is not null/.test(query))).toEqual([]);
  // Nothing is reopened, told or given: what the score itself costs is more than made up for.
  expect(answered.length).toBeLessThanOrEqual(without.length + 1);
});

it("the doors tell no more than whose survey it is", async () => {
  const shop = await asked({ provider: "email" });
  const [row] = await shop.rows<{ id: string; token_hash: string }>("select id, token_hash from surveys");
  const owner = await appPool()`select * from door.owner_of_token('survey', ${row!.token_hash})`;
  expect([...owner]).toEqual([{ tenant_id: shop.tenantId, id: row!.id }]);
  expect([...(await appPool()`select * from door.owner_of_token('invitation', ${row!.token_hash})`)]).toEqual([]);
  expect([...(await appPool()`select * from surveys`)]).toEqual([]);
});

it("of another business is not recorded", async () => {
  const [one, other] = [await asked(), await asked()];
  const [survey] = await one.rows<{ id: string }>("select id from surveys");
  const answer = { surveyId: survey!.id, score: 1, comment: null, at: one.clock.now(), by: "reply" as const };
  expect(await recordScores(systemCtx(other.tenant), [{ ...answer, correctable: true }])).toEqual([]);
  expect(await one.surveys()).toMatchObject([{ status: "asked", score: null }]);
});
