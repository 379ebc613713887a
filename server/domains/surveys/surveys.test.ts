import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createConversation, createMember, createMessage } from "#db/factories.ts";
import { surveys } from "#db/schema/surveys.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { getCustomerSurveys } from "./customer-surveys.ts";
import { listSurveys } from "./list-surveys.ts";
import { getSurveyFigures } from "./survey-figures.ts";
import { getSurveySettings, saveSurveyChannel, saveSurveySettings } from "./survey-settings.ts";
import { day, surveyShop } from "./testing.ts";

await testDatabase();

type Shop = Awaited<ReturnType<typeof surveyShop>>;
type Row = Partial<typeof surveys.$inferInsert>;

/** Surveys as if they had been asked, so many days ago. */
async function add(shop: Shop, rows: readonly (Row & { daysAgo?: number })[]): Promise<string[]> {
  const made = rows.map(({ daysAgo = 1, ...row }) => {
    const dueAt = new Date(shop.clock.now().getTime() - daysAgo * day);
    const status = row.status ?? (row.score ? "answered" : "asked");
    const of = { tenantId: shop.tenantId, id: newId(), conversationId: shop.conversationId };
    return {
      ...of,
      customerId: shop.customer.customerId,
      channelType: "whatsapp" as const,
      resolvedAt: dueAt,
      dueAt,
      ...row,
      status,
    };
  });
  await withTenant(shop, (tx) => tx.insert(surveys).values(made));
  return made.map(({ id }) => id);
}

describe("the list", () => {
  it("goes page by page through what was asked, newest first, and through nobody else's", async () => {
    const [shop, other] = [await surveyShop(), await surveyShop()];
    const days = [3, 1, 7, 2, 5, 4, 6];
    const ids = await add(
      shop,
      days.map((daysAgo, at) => ({ daysAgo, ...(at % 2 ? { score: 4 } : {}) })),
    );
    await add(other, [{ score: 1 }]);
    const expected = days.map((ago, at) => [ago, ids[at]] as const).toSorted(([a], [b]) => a - b);
    const seen: string[] = [];
    for (let cursor: string | null = null, first = true; first || cursor; first = false) {
      const page = await listSurveys(shop.manager.ctx, { limit: 3, cursor });
      seen.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(expected.map(([, id]) => id));
    await expect(listSurveys(shop.manager.ctx, { cursor: "x" })).rejects.toMatchObject({ reason: "invalid_cursor" });
  });

  it("is narrowed by state, score, channel, member and period", async () => {
    const shop = await surveyShop();
    const { userId } = shop.member;
    const [low, mail, old, , left, planned] = await add(shop, [
      { score: 1, memberId: userId },
      { score: 5, channelType: "email" },
      { score: 5, daysAgo: 40 },
      {},
      { status: "not_sent", reason: "window_closed" },
      { status: "planned", daysAgo: -1 },
    ]);
    const ids = async (filter: Parameters<typeof listSurveys>[1]) =>
      (await listSurveys(shop.manager.ctx, filter)).rows.map(({ id }) => id);
    expect(await ids({ score: 1 })).toEqual([low]);
    expect(await ids({ memberId: userId })).toEqual([low]);
    expect(await ids({ channelType: "email" })).toEqual([mail]);
    expect(await ids({ state: "answered" })).toEqual([mail, low]);
    expect(await ids({ state: "answered", days: 90 })).toEqual([mail, low, old]);
    expect(await ids({ state: "unanswered" })).toHaveLength(1);
    expect(await ids({ state: "not_sent" })).toEqual([left]);
    expect(await ids({ state: "planned" })).toEqual([planned]);
  });

  it("says whose message never arrived, and leaves it out of the figures", async () => {
    const shop = await surveyShop();
    const { messageId } = await createMessage(shop.conversation, { direction: "out", status: "failed" });
    await add(shop, [{ messageId }, { score: 4 }]);
    const { rows } = await listSurveys(shop.manager.ctx, { state: "unanswered" });
    expect(rows).toMatchObject([{ undelivered: true }]);
    expect((await getSurveyFigures(shop.manager.ctx, {})).total).toMatchObject({ asked: 1, answered: 1 });
  });
});

it("figures are what a count by hand says, in all, by member and by channel", async () => {
  const shop = await surveyShop();
  const members = [shop.member.userId, shop.manager.userId, null];
  const channels = ["whatsapp", "sms", "email"] as const;
  const made = fc.sample(
    fc.record({
      score: fc.option(fc.integer({ min: 1, max: 5 })),
      memberId: fc.constantFrom(...members),
      channelType: fc.constantFrom(...channels),
      daysAgo: fc.integer({ min: 1, max: 60 }),
    }),
    { numRuns: 120, seed: 11 },
  );
  await add(shop, made);
  const counted = (rows: typeof made) => {
    const scores = rows.flatMap(({ score }) => score ?? []);
    return {
      asked: rows.length,
      answered: scores.length,
      sum: scores.reduce((all, one) => all + one, 0),
      satisfied: scores.filter((score) => score >= 4).length,
      byScore: [1, 2, 3, 4, 5].map((score) => scores.filter((one) => one === score).length),
    };
  };
  for (const days of [7, 30, 90]) {
    const inside = made.filter(({ daysAgo }) => daysAgo < days);
    const figures = await getSurveyFigures(shop.manager.ctx, { days });
    expect(figures.total).toEqual(counted(inside));
    for (const memberId of members) {
      const own = inside.filter((one) => one.memberId === memberId);
      if (own.length === 0) continue;
      expect(figures.byMember.find((one) => one.memberId === memberId)).toMatchObject(counted(own));
    }
    for (const channelType of channels)
      expect(figures.byChannel.find((one) => one.channelType === channelType)).toMatchObject(
        counted(inside.filter((one) => one.channelType === channelType)),
      );
    const mine = await getSurveyFigures(shop.manager.ctx, { days, memberId: shop.member.userId, channelType: "sms" });
    expect(mine.total).toEqual(
      counted(inside.filter((one) => one.memberId === shop.member.userId && one.channelType === "sms")),
    );
  }
});

it("a customer's own answers are theirs alone, over all their conversations", async () => {
  const [shop, other] = [await surveyShop(), await surveyShop()];
  const second = await createConversation(shop.tenant, { customer: shop.customer });
  await add(shop, [
    { score: 2, daysAgo: 2, answeredAt: new Date() },
    { score: 5, answeredAt: new Date(), conversationId: second.conversationId },
    {},
  ]);
  const { customerId } = shop.customer;
  const own = await getCustomerSurveys(shop.member.ctx, { customerId });
  expect(own).toMatchObject({ answered: 2, average: 3.5, latest: [{ score: 5 }, { score: 2 }] });
  expect(await getCustomerSurveys(other.member.ctx, { customerId })).toEqual({
    answered: 0,
    average: null,
    latest: [],
  });
});

describe("settings", () => {
  const general = {
    sendFrom: "10:00",
    sendUntil: "18:30",
    businessHours: true,
    restDays: 14,
    answerDays: 3,
    lowScore: null,
    tellAssignee: false,
    tellManagers: true,
  };
  const sms = {
    channelType: "sms" as const,
    enabled: true,
    delayMinutes: 90,
    questionFr: " Contents ? ",
    questionEn: "",
    templateName: null,
  };

  it("are what the program proposes until somebody decides, and then theirs", async () => {
    const shop = await surveyShop();
    const admin = await createMember(shop.tenant, "admin");
    const before = await getSurveySettings(admin.ctx);
    expect(before).toMatchObject({ sendFrom: "09:00", restDays: 30, lowScore: 2 });
    expect(before.channels.map(({ channelType, enabled }) => [channelType, enabled])).toEqual([
      ["whatsapp", true],
      ["sms", false],
      ["instagram", false],
      ["email", false],
    ]);
    await saveSurveySettings(admin.ctx, general);
    await saveSurveyChannel(admin.ctx, sms);
    await saveSurveyChannel(admin.ctx, { ...sms, delayMinutes: 30 });
    const after = await getSurveySettings(admin.ctx);
    expect(after).toMatchObject(general);
    expect(after.channels[1]).toMatchObject({
      enabled: true,
      delayMinutes: 30,
      questionFr: "Contents ?",
      questionEn: null,
    });
    expect(
      await shop.rows("select action, entity_id from audit_log where actor_id = $1 order by id", admin.userId),
    ).toEqual([
      { action: "surveys.configure", entity_id: shop.tenantId },
      { action: "surveys.channel", entity_id: "sms" },
      { action: "surveys.channel", entity_id: "sms" },
    ]);
    const other = await surveyShop();
    expect(await getSurveySettings(other.manager.ctx)).toMatchObject({ sendFrom: "09:00", restDays: 30 });
  });

  it("are refused where they make no sense", async () => {
    const { manager } = await surveyShop();
    await expect(saveSurveySettings(manager.ctx, { ...general, sendUntil: "09:00" })).rejects.toThrow(/hours_reversed/);
    await expect(saveSurveyChannel(manager.ctx, { ...sms, delayMinutes: 50_000 })).rejects.toThrow(/too_long/);
    await expect(saveSurveyChannel(manager.ctx, { ...sms, questionFr: "{{agent.salary}} ?" })).rejects.toThrow(
      /unknown_variable/,
    );
    await expect(saveSurveyChannel(manager.ctx, { ...sms, templateName: "nobody_approved" })).rejects.toMatchObject({
      fields: { templateName: "template_not_approved" },
    });
  });
});
