import { eq } from "drizzle-orm";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createConversation } from "#db/factories.ts";
import { addMany } from "#db/factories-many.ts";
import { surveys, surveyStatuses } from "#db/schema/surveys.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { findDrift } from "#db/testing-recount.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { listSurveys } from "./list-surveys.ts";
import { getSurveyFigures } from "./survey-figures.ts";
import { day, surveyShop } from "./testing.ts";

const database = await testDatabase();

type Shop = Awaited<ReturnType<typeof surveyShop>>;

/** Surveys that come, change and go, each about a conversation of its own. */
const places = 6;
const someChange = fc.record({
  at: fc.nat({ max: places - 1 }),
  removed: fc.boolean(),
  status: fc.constantFrom(...surveyStatuses),
  score: fc.integer({ min: 1, max: 5 }),
  hoursAgo: fc.integer({ min: 0, max: 40 * 24 }),
  owned: fc.boolean(),
  channelType: fc.constantFrom("whatsapp" as const, "sms" as const),
});
type Change = typeof someChange extends fc.Arbitrary<infer One> ? One : never;

const openPlaces = async (shop: Shop) =>
  Promise.all(
    Array.from({ length: places }, async () => ({
      id: newId(),
      ...(await createConversation(shop.tenant, {
        customer: shop.customer,
        channel: shop.channel,
        threadKey: newId(),
      })),
    })),
  );
type Place = Awaited<ReturnType<typeof openPlaces>>[number];

async function change(shop: Shop, tx: TenantTx, { id, conversationId, customerId }: Place, one: Change): Promise<void> {
  const dueAt = new Date(shop.clock.now().getTime() - one.hoursAgo * 3_600_000);
  const values = {
    status: one.status,
    reason: one.status === "not_sent" ? ("too_soon" as const) : null,
    score: one.status === "answered" ? one.score : null,
    memberId: one.owned ? shop.member.userId : null,
    channelType: one.channelType,
    dueAt,
  };
  if (one.removed) await tx.delete(surveys).where(eq(surveys.id, id));
  else
    await tx
      .insert(surveys)
      .values({ tenantId: shop.tenantId, id, conversationId, customerId, resolvedAt: dueAt, ...values })
      .onConflictDoUpdate({ target: [surveys.tenantId, surveys.id], set: values });
}

it("whatever becomes of surveys, one or many in a transaction, their weeks are what a recount says", async () => {
  const [shop, other] = [await surveyShop(), await surveyShop()];
  const [own, theirs] = [await openPlaces(shop), await openPlaces(other)];
  const asked = (days: number) =>
    withTenant(shop, ({ raw }) => {
      const since = new Date(shop.clock.now().getTime() - days * day);
      return raw`select count(*)::int as asked, coalesce(sum(score), 0)::int as sum
                   from surveys where status in ('asked', 'answered') and due_at > ${since}`;
    });
  const history = fc.array(fc.array(someChange, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(history, async (transactions) => {
      for (const changes of transactions) {
        await withTenant(shop, async (tx) => {
          for (const one of changes) await change(shop, tx, own[one.at]!, one);
        });
        await withTenant(other, (tx) => change(other, tx, theirs[changes[0]!.at]!, changes[0]!));
      }
      for (const one of [shop, other]) expect(await withTenant(one, ({ raw }) => findDrift(raw))).toEqual({});
      for (const days of [1, 7, 30, 365])
        expect((await getSurveyFigures(shop.manager.ctx, { days })).total).toMatchObject((await asked(days))[0]!);
    }),
    { numRuns: 20 },
  );
});

it("figures of a year look at weeks, not at surveys; a page of the list not at messages", async () => {
  const shop = await surveyShop();
  const many = 3_000;
  await withTenant(shop, async ({ raw }) => {
    await raw`
      insert into conversations (tenant_id, id, customer_id, channel_id, channel_type, address_kind, address_value, thread_key, last_message_at)
      select ${shop.tenantId}, gen_random_uuid(), ${shop.customer.customerId}, ${shop.channel.channelId}, 'whatsapp', 'phone', '+33600000000', n::text, now()
        from generate_series(1, ${many}::int) n`;
    await addMany.surveys(raw, shop.tenantId, many);
    await raw`
      insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, status, occurred_at)
      select tenant_id, gen_random_uuid(), id, customer_id, channel_id, channel_type, 'in', 'text', 'received', now()
        from conversations where tenant_id = ${shop.tenantId}`;
  });
  await database.owner`analyze`;
  shop.clock.advance(Date.now() - shop.clock.now().getTime());
  const figures = await getSurveyFigures(shop.manager.ctx, { days: 365 });
  expect(figures.total.asked).toBe((2 * many) / 3);
  const [statement] = await statementsOf(() => getSurveyFigures(shop.manager.ctx, { days: 365 }));
  const [listing] = await statementsOf(() => listSurveys(shop.manager.ctx, { days: 365 }));
  const lookedBy = async (asked: NonNullable<typeof statement>, mode: "custom" | "generic") => {
    const scans = await scansOf(shop, asked, mode);
    return (table: string) => scans.filter((scan) => scan.table === table).reduce((sum, { rows }) => sum + rows, 0);
  };
  for (const mode of ["custom", "generic"] as const) {
    const looked = await lookedBy(statement!, mode);
    // A row of each week, and those of other tests' businesses; surveys of the week in which the year begins.
    expect(looked("survey_weeks"), mode).toBeLessThanOrEqual(120);
    expect(looked("surveys"), mode).toBeLessThanOrEqual(80);
    expect((await lookedBy(listing!, mode))("messages"), mode).toBeLessThanOrEqual(60);
  }
});
