import { expect, test } from "vitest";
import { createChannel, createMember } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { carryOut } from "#server/domains/automation/carry-out.ts";
import { createRule, enableRule } from "#server/domains/automation/save-rule.ts";
import { dryRun } from "#server/domains/automation/dry-run.ts";
import { recordCalls } from "./index.ts";
import { followUpMissedCalls } from "./jobs.ts";
import { getCall } from "./get-call.ts";
import { at, caller, callingShop } from "./testing.ts";

await testDatabase();

const phone = "+33639981234";
const minute = 60;

/** A shop whose rule writes to whoever was not answered, and opens a ticket; its clock stands at nine. */
async function shopWithRule({ texts = true } = {}) {
  const shop = await callingShop();
  const clock = fixedClock(at(0));
  const ctx = { ...shop.ctx, clock };
  const moveTo = (seconds: number) => clock.advance(at(seconds).getTime() - clock.now().getTime());
  if (texts) await createChannel(shop.tenant, { provider: "twilio", channelType: "sms" });
  const admin = await createMember(shop.tenant, "admin");
  const { ruleId } = await createRule(admin.ctx, {
    name: "Appels manqués",
    event: "call_missed",
    actions: [
      { do: "write", value: "Nous vous rappelons." },
      { do: "open_ticket", value: "Rappeler {{customer.name}}" },
    ],
  });
  await enableRule(admin.ctx, { ruleId, enabled: true });
  const missed = async (callId: string, seconds: number, more = {}) => {
    moveTo(seconds);
    const [recorded] = await recordCalls(ctx, [
      shop.told(callId, seconds, {
        status: "no_answer",
        person: caller(phone),
        from: phone,
        startedAt: at(seconds),
        ...more,
      }),
    ]);
    return recorded!.callId;
  };
  /** Whatever is due at this second is looked at, and rules do their work. */
  const look = async (seconds: number) => {
    moveTo(seconds);
    await followUpMissedCalls(clock);
    while ((await carryOut(ctx)) === "more");
  };
  const written = async () =>
    withTenant(
      shop.tenant,
      (tx) => tx.raw<{ channel: string; text: string; to: string }[]>`
        select channel_type as channel, text, to_address as to from messages where direction = 'out' and kind = 'text' order by id`,
    );
  const tickets = async () =>
    withTenant(shop.tenant, (tx) => tx.raw<{ subject: string }[]>`select subject from tickets order by number`);
  return { ...shop, ctx, admin, missed, look, written, tickets };
}

test("a missed call that nobody returns is told to rules after five minutes, once", async () => {
  const { ctx, missed, look, written, tickets } = await shopWithRule();
  const callId = await missed("c1", 0);
  await look(4 * minute);
  expect(await written()).toEqual([]);
  await look(5 * minute);
  await look(9 * minute);
  expect(await written()).toMatchObject([{ channel: "sms", text: "Nous vous rappelons.", to: phone }]);
  expect(await tickets()).toMatchObject([{ subject: expect.stringMatching(/^Rappeler /) }]);
  expect((await getCall(ctx, { callId })).followUp).toMatchObject({ what: "told" });
});

test("nobody is written to whom somebody spoke to meanwhile: they called again, or were called back", async () => {
  const { ctx, told, missed, look, written } = await shopWithRule();
  const first = await missed("c1", 0);
  const answered = { status: "completed" as const, person: caller(phone), startedAt: at(2 * minute), from: phone };
  await recordCalls(ctx, [told("c2", 3 * minute, answered)]);
  await look(10 * minute);
  expect((await getCall(ctx, { callId: first })).followUp).toMatchObject({ what: "spoken_to" });

  await missed("c3", 3 * 60 * minute);
  const back = { ...answered, direction: "out" as const, startedAt: at(3 * 60 * minute + 60), to: phone };
  await recordCalls(ctx, [told("c4", 3 * 60 * minute + 90, back)]);
  await look(3 * 60 * minute + 10 * minute);
  expect(await written()).toEqual([]);
});

test("several calls within an hour count as one, the next day's is another", async () => {
  const { missed, look, written } = await shopWithRule();
  await missed("c1", 0);
  await missed("c2", 2 * minute);
  await look(20 * minute);
  await missed("c3", 40 * minute);
  await look(50 * minute);
  expect(await written()).toHaveLength(1);
  await missed("c4", 24 * 60 * minute);
  await look(24 * 60 * minute + 6 * minute);
  expect(await written()).toHaveLength(2);
});

test("history that is heard of late, withheld numbers and calls of ours are told to nobody", async () => {
  const { ctx, told, missed, look, written } = await shopWithRule();
  await missed("late", 12 * 60 * minute, { startedAt: at(0) });
  const hidden = await missed("hidden", 13 * 60 * minute, { person: null, from: null });
  await recordCalls(ctx, [
    told("ours", 13 * 60 * minute, { status: "no_answer", direction: "out", person: caller(phone), to: phone }),
  ]);
  await look(14 * 60 * minute);
  expect(await written()).toEqual([]);
  expect((await getCall(ctx, { callId: hidden })).followUp).toMatchObject({ what: "unknown_caller" });
});

test("where no channel can reach them, the rest of the rule is done and its log says why", async () => {
  const { tenant, missed, look, written, tickets } = await shopWithRule({ texts: false });
  await missed("c1", 0);
  await look(6 * minute);
  expect([await written(), await tickets()]).toMatchObject([[], [{}]]);
  const [run] = await withTenant(tenant, (tx) => tx.raw`select steps from automation_runs where outcome = 'done'`);
  expect(run?.["steps"]).toMatchObject([{ do: "write", skipped: "no_way_to_write" }, { do: "open_ticket" }]);
});

test("a rule can be tried on the calls that were missed", async () => {
  const { ctx, admin, missed } = await shopWithRule();
  await missed("c1", 0);
  const tried = await dryRun(
    { ...admin.ctx, clock: ctx.clock },
    { event: "call_missed", actions: [{ do: "open_ticket", value: "" }], days: 7 },
  );
  expect(tried).toMatchObject({ looked: 1, matched: 1 });
});

test("another business's missed calls are its own", async () => {
  const { missed, look, written } = await shopWithRule();
  const stranger = await shopWithRule();
  await missed("c1", 0);
  await stranger.look(10 * minute);
  expect(await stranger.written()).toEqual([]);
  await look(10 * minute);
  expect(await written()).toHaveLength(1);
});
