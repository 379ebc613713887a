import { expect, test } from "vitest";
import { createMember, createTenant } from "#db/factories.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { answerFunctions, recordCalls } from "./index.ts";
import { listCalls } from "./list-calls.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();

async function shopWithCalls() {
  const shop = await callingShop();
  const ctx = { ...shop.ctx, clock: fixedClock("2026-11-20T12:00:00Z") };
  const { told } = shop;
  const calls = [{ key: "k1", name: "current_time", arguments: {} }];
  await answerFunctions(ctx, shop.channel.channelId, { kind: "functions", callId: "c1", from: null, calls });
  const [first, second, third] = await recordCalls(ctx, [
    told("c1", 60, {
      status: "completed",
      person: caller("+33639981234", "Camille Fictive"),
      startedAt: at(0),
      endedAt: at(60),
      durationSeconds: 60,
      assistantId: "assistant-1",
      sentiment: "negative",
      costCents: 12,
      currency: "EUR",
    }),
    told("c2", 100, { status: "no_answer", person: caller("+33639981235"), startedAt: at(90), endedAt: at(100) }),
    told("c3", 210, { status: "no_answer", direction: "out", to: "+33639981236", startedAt: at(200) }),
  ]);
  return { ...shop, ctx, ids: [first!.callId, second!.callId, third!.callId] as const, customerId: first!.customerId! };
}

test("calls are listed, the latest first, with what is read of each at a glance", async () => {
  const { ctx, ids } = await shopWithCalls();
  const { rows, nextCursor } = await listCalls(ctx, {});
  expect(nextCursor).toBeNull();
  expect(rows.map(({ id }) => id)).toEqual([...ids].toReversed());
  expect(rows[2]).toMatchObject({
    customerName: "Camille Fictive",
    done: ["current_time"],
    missed: false,
    durationSeconds: 60,
    costCents: 12,
    sentiment: "negative",
    ticketNumber: null,
  });
  expect(rows[1]).toMatchObject({ missed: true, done: [] });
  // What we called in vain is not a call that we missed.
  expect(rows[0]).toMatchObject({ missed: false, customerName: null, toNumber: "+33639981236" });
});

test("each filter keeps what it says", async () => {
  const { ctx, ids, channel, customerId } = await shopWithCalls();
  const [answered, missed, out] = ids;
  const listed = async (filter: Parameters<typeof listCalls>[1]) =>
    (await listCalls(ctx, filter)).rows.map(({ id }) => id).toSorted();
  expect(await listed({ direction: "out" })).toEqual([out]);
  expect(await listed({ status: "no_answer" })).toEqual([missed, out].toSorted());
  expect(await listed({ only: "missed" })).toEqual([missed]);
  expect(await listed({ only: "agent" })).toEqual([answered]);
  expect(await listed({ sentiment: "negative" })).toEqual([answered]);
  expect(await listed({ customerId })).toEqual([answered]);
  expect(await listed({ channelId: channel.channelId })).toEqual([...ids].toSorted());
  expect(await listed({ days: 1 })).toEqual([...ids].toSorted());
  expect(await listCalls({ ...ctx, clock: fixedClock("2026-11-30T12:00:00Z") }, { days: 1 })).toMatchObject({
    rows: [],
  });
});

test("pages follow each other without a gap, and none is another business's", async () => {
  const { ctx, ids } = await shopWithCalls();
  const first = await listCalls(ctx, { limit: 2 });
  const second = await listCalls(ctx, { limit: 2, cursor: first.nextCursor! });
  expect([...first.rows, ...second.rows].map(({ id }) => id)).toEqual([...ids].toReversed());
  expect(second.nextCursor).toBeNull();
  await expect(listCalls(ctx, { cursor: "nonsense" })).rejects.toThrow("invalid");
  const stranger = await createMember(await createTenant());
  expect(await listCalls(stranger.ctx, {})).toEqual({ rows: [], nextCursor: null });
});

test("a page is one statement, however many calls it shows", async () => {
  const { ctx } = await shopWithCalls();
  expect(await statementsOf(() => listCalls(ctx, { only: "missed" }))).toHaveLength(1);
});
