import { describe, expect, test } from "vitest";
import { createCustomer } from "#db/factories.ts";
import { testDatabase } from "#db/testing.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { getAppointment } from "#server/domains/appointments/get-appointment.ts";
import { replyToConversation } from "#server/domains/conversations/reply-to-conversation.ts";
import { newId } from "#server/core/ids.ts";
import { readAnswer } from "./read-answer.ts";
import { day, hour, minute, tellingShop } from "./testing.ts";

await testDatabase();

test.each([
  ["1", "confirmed"],
  [" 1. ", "confirmed"],
  ["Oui !", "confirmed"],
  ["YES", "confirmed"],
  ["1️⃣", "confirmed"],
  ["2", "move"],
  ["(2)", "move"],
  ["12", null],
  ["2 heures", null],
  ["oui mais plus tard", null],
  ["non", null],
  ["1 ou 2 ?", null],
  ["", null],
] as const)("%j is read as %s", (text, answer) => {
  expect(readAnswer(text)).toBe(answer);
});

/** A customer who was told of their only appointment a minute ago. */
async function toldShop(of: Parameters<typeof tellingShop>[0] = {}) {
  const shop = await tellingShop(of);
  const { appointmentId } = await shop.book("2026-11-24T09:00:00Z");
  await shop.send();
  shop.clock.advance(minute);
  const thread = async () => {
    const [row] = await shop.rows<{ id: string; status: string; unread_count: number; waiting_since: Date | null }>(
      "select id, status, unread_count, waiting_since from conversations",
    );
    return row!;
  };
  const appointment = async () => {
    const [row] = await shop.rows<{ customer_confirmed_at: Date | null; move_asked_at: Date | null }>(
      "select customer_confirmed_at, move_asked_at from appointments where id = $1",
      appointmentId,
    );
    return row!;
  };
  return { ...shop, appointmentId, thread, appointment };
}

const untouched = { customer_confirmed_at: null, move_asked_at: null };

describe("a bare answer", () => {
  test("confirms, and nobody has to read it", async () => {
    const shop = await toldShop();
    const at = shop.clock.now();
    await shop.hears("1");
    await shop.hears("oui", at);
    expect(await shop.appointment()).toEqual({ customer_confirmed_at: at, move_asked_at: null });
    expect(await shop.thread()).toMatchObject({ status: "resolved", unread_count: 0, waiting_since: null });
    const { history } = await getAppointment(shop.nadia.ctx, { appointmentId: shop.appointmentId });
    expect(history.map(({ type }) => type)).toEqual(["booked", "customer_confirmed"]);
    expect(await shop.rows("select 1 from messages where direction = 'in'")).toHaveLength(2);
  });

  test("asks for another time: the link follows once, the member is told, and the message waits like any other", async () => {
    const shop = await toldShop();
    await shop.hears("2");
    await shop.send();
    expect(await shop.appointment()).toMatchObject({ customer_confirmed_at: null, move_asked_at: shop.clock.now() });
    const told = await shop.told();
    expect(told.filter(({ kind }) => kind === "move_link")).toMatchObject([
      {
        status: "sent",
        text: expect.stringMatching(/choisissez une autre heure ici, ou annulez : https:\S+manage/u) as string,
      },
    ]);
    expect(await shop.rows("select kind from notifications where user_id = $1", shop.nadia.userId)).toMatchObject([
      { kind: "answered" },
    ]);
    expect(await shop.thread()).toMatchObject({ status: "open", unread_count: 1 });
    // It was answered: another one is a number.
    shop.clock.advance(minute);
    await shop.hears("1");
    expect(await shop.appointment()).toMatchObject({ customer_confirmed_at: null });
  });

  test("told twice, or twice at once, is told once", async () => {
    const shop = await toldShop();
    await Promise.all([shop.hears("2", shop.clock.now(), "SM1"), shop.hears("2", shop.clock.now(), "SM1")]);
    await shop.hears("2", shop.clock.now(), "SM2");
    expect(await shop.rows("select 1 from appointment_events where type = 'move_asked'")).toHaveLength(1);
  });
});

describe("what is a message like any other", () => {
  test.each([
    ["says something else", async () => undefined, "1, et merci"],
    ["comes after somebody of ours wrote", (shop: Shop) => writes(shop), "1"],
    ["comes days later", async (shop: Shop) => shop.clock.advance(3 * day), "1"],
    ["comes when it has begun", async (shop: Shop) => shop.until("2026-11-24T09:00:00Z"), "1"],
    ["may be about another appointment as well", (shop: Shop) => shop.book("2026-11-26T09:00:00Z"), "1"],
  ] as const)("is what %s", async (_why, before, text) => {
    const shop = await toldShop();
    await before(shop);
    await shop.hears(text);
    expect(await shop.appointment()).toEqual(untouched);
    expect(await shop.thread()).toMatchObject({ status: "open", unread_count: 1 });
  });

  test("an appointment with somebody else is no other one of theirs", async () => {
    const shop = await toldShop();
    const paul = await createCustomer(shop.tenant);
    await shop.book("2026-11-26T09:00:00Z", paul.customerId);
    await shop.hears("1");
    expect(await shop.appointment()).toMatchObject({ customer_confirmed_at: shop.clock.now() });
  });

  test("where nothing was asked lately, nothing more is read", async () => {
    const shop = await tellingShop();
    const statements = await statementsOf(() => shop.hears("1"));
    expect(
      statements.filter(
        ({ query }) => /appointment_messages/.test(query) && !/appointment_until is not null/.test(query),
      ),
    ).toEqual([]);
  });

  test("a line that asks stands only under a message that can be answered so", async () => {
    const shop = await toldShop();
    const { appointmentId } = await shop.book(new Date(shop.clock.now().getTime() + 30 * hour));
    await shop.send();
    const [second] = await shop.told(appointmentId);
    expect(second?.text).not.toContain("Répondez 1");
  });
});

type Shop = Awaited<ReturnType<typeof toldShop>>;

async function writes(shop: Shop): Promise<void> {
  const { id: conversationId } = await shop.thread();
  await replyToConversation(shop.nadia.ctx, { conversationId, text: "1 ou 2 lampes ?", idempotencyKey: newId() });
  shop.clock.advance(minute);
}
