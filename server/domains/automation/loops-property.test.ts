import fc from "fast-check";
import { expect, it } from "vitest";
import { createTicket } from "#db/factories.ts";
import type { RuleAction, RuleCondition } from "#db/schema/automation.ts";
import { testDatabase } from "#db/testing.ts";
import { changeTicket } from "#server/domains/tickets/index.ts";
import { mostDepth } from "./carry-out.ts";
import { openShop } from "./testing.ts";

await testDatabase();

const priority = fc.constantFrom("low", "medium", "high", "urgent");
const status = fc.constantFrom("open", "in_progress", "resolved");

const action: fc.Arbitrary<RuleAction> = fc.oneof(
  priority.map((value) => ({ do: "priority" as const, value })),
  status.map((value) => ({ do: "status" as const, value })),
  fc.constant({ do: "note" as const, value: "Vu" }),
  fc.constant({ do: "reply" as const, value: "Bien reçu" }),
  fc.constant({ do: "open_ticket" as const, value: "" }),
);
const condition: fc.Arbitrary<RuleCondition> = fc
  .record({
    field: fc.constantFrom("priority" as const, "status" as const),
    op: fc.constantFrom("is" as const, "is_not" as const),
  })
  .chain(({ field, op }) =>
    (field === "priority" ? priority : status).map((value) => ({ field, op, values: [value] })),
  );
const rule = fc.record({
  event: fc.constantFrom("ticket_opened" as const, "ticket_changed" as const, "message_received" as const),
  match: fc.constantFrom("all" as const, "any" as const),
  conditions: fc.array(condition, { maxLength: 2 }),
  actions: fc.uniqueArray(action, { minLength: 1, maxLength: 3, selector: (one) => one.do }),
});
const happening = fc.oneof(
  fc.constant({ what: "says" as const }),
  priority.map((value) => ({ what: "priority" as const, value })),
  status.map((value) => ({ what: "status" as const, value })),
);

it("ends whatever the rules are: each acts at most once on what goes back to one origin, and never deeper than the limit", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(rule, { minLength: 1, maxLength: 4 }),
      fc.array(happening, { minLength: 1, maxLength: 3 }),
      async (rules, happenings) => {
        const shop = await openShop();
        for (const [at, fields] of rules.entries()) await shop.rule({ ...fields, name: `Règle ${at}` });
        const { conversationId, customerId } = await shop.say("Bonjour");
        const { ticketId } = await createTicket(shop.tenant, {
          conversationId: conversationId!,
          customerId: customerId!,
        });
        for (const one of happenings) {
          if (one.what === "says") await shop.say("Encore moi");
          else await changeTicket(shop.admin.ctx, { ticketId, [one.what]: one.value });
        }
        await shop.settle(300);

        const runs = await shop.rows<{ origin_id: string; rule_id: string; outcome: string; depth: number }>(
          "select origin_id, rule_id, outcome, depth from automation_runs",
        );
        const done = runs.filter(({ outcome }) => outcome === "done");
        const pairs = done.map((run) => `${run.origin_id} ${run.rule_id}`);
        expect(new Set(pairs).size).toBe(pairs.length);
        expect(done.every(({ depth }) => depth < mostDepth)).toBe(true);
        // The greeting, and what happened after it, are all that anything goes back to.
        const origins = new Set(runs.map((run) => run.origin_id));
        expect(origins.size).toBeLessThanOrEqual(2 * (1 + happenings.length));
        expect(done.length).toBeLessThanOrEqual(origins.size * rules.length);
        const [left] = await shop.rows<{ left: number }>("select count(*)::int as left from automation_facts");
        expect(left?.left).toBe(0);
        // By a clock that stands still, a rule writes once.
        const [sent] = await shop.rows<{ sent: number }>(
          "select count(*)::int as sent from messages where direction = 'out'",
        );
        expect(sent!.sent).toBeLessThanOrEqual(rules.length);
      },
    ),
    { numRuns: 15 },
  );
});
