import { describe, expect, it } from "vitest";
import { createTicket } from "#db/factories.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { changeTicket } from "#server/domains/tickets/index.ts";
import { dryRun } from "./dry-run.ts";
import type { DryRunInput } from "./schemas.ts";
import { openShop } from "./testing.ts";

await testDatabase();

/** Everything that a business holds of what could have been written. */
const dump = (shop: Awaited<ReturnType<typeof openShop>>) =>
  Promise.all(
    ["messages", "tickets", "ticket_events", "automation_runs", "automation_facts", "audit_log", "notifications"].map(
      (table) => shop.rows(`select * from ${table} order by id`),
    ),
  );

describe("a dry run", () => {
  const urgent: DryRunInput = {
    event: "message_received",
    conditions: [
      { field: "words", op: "is", values: ["urgent"] },
      { field: "hours", op: "is", values: ["inside"] },
    ],
    actions: [
      { do: "open_ticket", value: "" },
      { do: "priority", value: "urgent" },
      { do: "reply", value: "Nous arrivons" },
    ],
  };

  it("says what a real run then does, and writes nothing", async () => {
    const shop = await openShop();
    await shop.say("Une question");
    shop.clock.advance(60_000);
    await shop.say("C’est urgent");
    shop.clock.advance(60_000);
    await shop.say("Urgent !", "+33639980002");
    const before = await dump(shop);
    const tried = await dryRun(shop.ctx, urgent);
    expect(await dump(shop)).toEqual(before);
    expect(tried).toMatchObject({ looked: 3, capped: false, matched: 2, failed: [1, 0] });
    const steps = [{ do: "open_ticket" }, { do: "priority", from: "medium", to: "urgent" }, { do: "reply" }];
    expect(tried.would.map((one) => one.steps)).toEqual([steps, steps]);

    const real = await openShop();
    await real.rule({ ...urgent, name: "Urgences" });
    await real.say("Une question");
    real.clock.advance(60_000);
    await real.say("C’est urgent");
    real.clock.advance(60_000);
    await real.say("Urgent !", "+33639980002");
    await real.settle();
    const done = (await real.runs()).filter(({ outcome }) => outcome === "done");
    expect(done.map(({ steps }) => steps)).toEqual(tried.would.map(({ steps }) => steps));
  });

  it("looks at tickets as they were", async () => {
    const shop = await openShop();
    const { ticketId } = await createTicket(shop.tenant);
    await changeTicket(shop.admin.ctx, { ticketId, priority: "high" });
    shop.clock.advance(60_000);
    await changeTicket(shop.admin.ctx, {
      ticketId,
      priority: "low",
      status: "resolved",
      assigneeId: shop.agent.userId,
    });
    const tried = await dryRun(shop.ctx, {
      event: "ticket_changed",
      changed: "priority",
      conditions: [
        { field: "priority", op: "is", values: ["high"] },
        { field: "status", op: "is", values: ["open"] },
        { field: "assignee", op: "is", values: ["none"] },
      ],
      actions: [{ do: "assignee", value: shop.agent.userId }],
    });
    expect(tried).toMatchObject({ looked: 2, matched: 1, failed: [1, 0, 0] });
    expect(tried.would[0]).toMatchObject({ steps: [{ do: "assignee", from: null, to: "Nadia" }] });
  });

  it("counts replies that the pause would have held back", async () => {
    const shop = await openShop();
    for (const minutes of [0, 10, 70]) {
      shop.clock.advance(minutes * 60_000);
      await shop.say("Bonjour");
    }
    const tried = await dryRun(shop.ctx, { event: "message_received", actions: [{ do: "reply", value: "Bien reçu" }] });
    expect(tried.would.map(({ steps }) => steps[0]?.skipped ?? "sent")).toEqual(["sent", "replied_lately", "sent"]);
  });

  it("looks back as far as it is asked, at most, and asks as much of one event as of many", async () => {
    const shop = await openShop();
    await shop.say("Vieux");
    shop.clock.advance(10 * 86_400_000);
    await shop.say("Neuf");
    const all = { event: "message_received" as const, actions: [{ do: "note" as const, value: "Vu" }] };
    expect((await dryRun(shop.ctx, all)).looked).toBe(1);
    const one = await statementsOf(() => dryRun(shop.ctx, all));
    const two = await statementsOf(() => dryRun(shop.ctx, { ...all, days: 30 }));
    expect(two.length).toBe(one.length);
    expect((await dryRun(shop.ctx, { ...all, days: 30 })).looked).toBe(2);
  });

  it.each([
    "ticket_opened",
    "reply_sent",
    "conversation_opened",
    "conversation_resolved",
    "promise_near",
    "promise_missed",
  ] as const)("can be asked of %s", async (event) => {
    const shop = await openShop();
    await shop.say("Bonjour");
    await createTicket(shop.tenant);
    const tried = await dryRun(shop.ctx, { event, actions: [{ do: "note", value: "Vu" }], days: 30 });
    expect(tried.matched).toBe(tried.looked);
  });
});
