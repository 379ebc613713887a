import { describe, expect, it } from "vitest";
import { createMember, systemCtx } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { openSignIn } from "#server/auth/testing.ts";
import { digest } from "#server/core/crypto.ts";
import { newToken } from "#server/core/ids.ts";
import { beginSending } from "#server/domains/conversations/begin-sending.ts";
import { eraseCustomer } from "#server/domains/erasure/erase-customer.ts";
import { answerSurvey, openSurvey } from "./answer-survey.ts";
import { askedShop as asked, day } from "./testing.ts";

const database = await testDatabase();
openSignIn(database);

describe("the links of a mail", () => {
  const address = () => `2001:db8:${newToken(2)}::1`;
  /** The mail as it would leave, and the token of its links. */
  async function mailed(of: Parameters<typeof asked>[0] = {}) {
    const shop = await asked({ provider: "email", ...of });
    await shop.rows("update messages set status = 'sent' where direction = 'out' and data -> 'survey' is null");
    const [message] = await shop.rows<{ id: string; text: string }>(
      "select id, text from messages where data -> 'survey' is not null",
    );
    const begun = await beginSending(systemCtx(shop.tenant, shop.clock), message!.id, () => ({
      perSecond: 100,
      secondsBetweenToOnePerson: 0,
    }));
    if (begun.state !== "go") throw new Error(begun.state);
    const token = /\/s\/([\w-]+)\?score=5/.exec(begun.message.text)?.[1] ?? "";
    return { shop, stored: message!.text, mail: begun.message, token };
  }

  it("stand in the mail that leaves, and nowhere in the business", async () => {
    const { shop, stored, mail, token } = await mailed();
    expect(token).toMatch(/^[\w-]{43}$/);
    for (const score of [1, 2, 3, 4, 5]) {
      const link = `https://guichet.test/s/${token}?score=${score}`;
      expect(mail.text).toContain(link);
      expect(mail.mail?.html).toContain(link);
    }
    expect(mail.mail?.automatic).toBe(true);
    expect(stored).toBe("Êtes-vous satisfait de notre réponse ?");
    const rows = await shop.rows<{ token_hash: string }>("select token_hash, token_sealed from surveys");
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(rows[0]?.token_hash).toBe(digest(token));
  });

  it("ask, and record nothing by being opened", async () => {
    const { shop, token } = await mailed();
    const before = await shop.rows("select * from surveys");
    const page = await openSurvey(address(), { token }, shop.clock);
    expect(page).toMatchObject({
      business: shop.tenant.name,
      language: "fr",
      score: null,
      until: expect.any(Date) as Date,
    });
    expect(JSON.stringify(page)).not.toContain(shop.customer.name);
    expect(await shop.rows("select * from surveys")).toEqual(before);
  });

  it("take an answer, and another in its place, told of in the thread; the same again changes nothing", async () => {
    const { shop, token } = await mailed();
    await answerSurvey(address(), { token, score: 5, comment: "Parfait" }, shop.clock);
    await answerSurvey(address(), { token, score: 5, comment: "Parfait" }, shop.clock);
    await answerSurvey(address(), { token, score: 4 }, shop.clock);
    expect(await shop.surveys()).toEqual([{ status: "answered", reason: null, score: 4, comment: null }]);
    const lines = await shop.rows(
      "select data from messages where kind = 'event' and data ->> 'event' = 'survey' order by id",
    );
    expect(lines).toEqual([
      { data: { event: "survey", score: 5, comment: "Parfait" } },
      { data: { event: "survey", score: 4, earlier: 5 } },
    ]);
    expect((await shop.thread()).status).toBe("resolved");
  });

  it("leave one answer when two come at once", async () => {
    const { shop, token } = await mailed();
    await Promise.all([1, 2, 3].map((score) => answerSurvey(address(), { token, score }, shop.clock)));
    const [survey] = await shop.surveys();
    const lines = await shop.rows<{ score: number; earlier: number | null }>(
      "select (data ->> 'score')::int as score, (data ->> 'earlier')::int as earlier from messages where data ->> 'event' = 'survey' order by id",
    );
    expect(lines).toHaveLength(3);
    expect(lines.filter(({ earlier }) => earlier === null)).toHaveLength(1);
    expect([1, 2, 3]).toContain(survey?.score);
  });

  it("are over after their days, with the answer still to be seen", async () => {
    const { shop, token } = await mailed();
    await answerSurvey(address(), { token, score: 3 }, shop.clock);
    shop.clock.advance(8 * day);
    expect(await openSurvey(address(), { token }, shop.clock)).toMatchObject({ score: 3, until: null });
    await expect(answerSurvey(address(), { token, score: 5 }, shop.clock)).rejects.toMatchObject({
      reason: "survey_over",
    });
    expect(await shop.surveys()).toMatchObject([{ score: 3 }]);
  });

  it("open their own survey only, and guesses are counted", async () => {
    const [one, other] = [await mailed(), await mailed()];
    await answerSurvey(address(), { token: one.token, score: 2 }, one.shop.clock);
    expect(await other.shop.surveys()).toMatchObject([{ score: null }]);
    const here = address();
    for (let tries = 0; tries < 40; tries++)
      await expect(openSurvey(here, { token: newToken() }, one.shop.clock)).rejects.toMatchObject({
        reason: "link_expired",
      });
    await expect(openSurvey(here, { token: newToken() }, one.shop.clock)).rejects.toMatchObject({
      code: "rate_limited",
    });
  });

  it("are not hammered on: forty answers in a quarter of an hour", async () => {
    const { shop, token } = await mailed();
    const answer = (score: number) => answerSurvey(address(), { token, score }, shop.clock);
    for (let tries = 0; tries < 40; tries++) await answer((tries % 5) + 1);
    await expect(answer(1)).rejects.toMatchObject({ code: "rate_limited" });
  });

  it("lead nowhere once the customer is erased; what was scored stays, of nobody", async () => {
    const { shop, token } = await mailed();
    await answerSurvey(address(), { token, score: 2, comment: "Un mot à moi" }, shop.clock);
    const admin = await createMember(shop.tenant, "admin", { clock: shop.clock });
    await eraseCustomer(admin.ctx, { customerId: shop.customer.customerId });
    expect(await shop.rows("select score, comment, token_hash, token_sealed from surveys")).toEqual([
      { score: 2, comment: null, token_hash: null, token_sealed: null },
    ]);
    await expect(openSurvey(address(), { token }, shop.clock)).rejects.toMatchObject({ reason: "link_expired" });
  });
});
