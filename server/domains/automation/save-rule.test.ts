import { expect, it } from "vitest";
import { newId } from "#server/core/ids.ts";
import { testDatabase } from "#db/testing.ts";
import { listChoices } from "./list-choices.ts";
import { listRules } from "./list-rules.ts";
import { listRuns } from "./list-runs.ts";
import { createRule, deleteRule, enableRule, moveRule, updateRule } from "./save-rule.ts";
import { ruleFields } from "./schemas.ts";
import { openShop } from "./testing.ts";

await testDatabase();

const note = [{ do: "note" as const, value: "Vu" }];

it("is kept, ordered, turned on and removed, with a trace that holds no words", async () => {
  const { ctx, rows } = await openShop();
  const words = [{ field: "words" as const, op: "is" as const, values: ["madame untel"] }];
  const first = await createRule(ctx, { name: "Une", event: "ticket_opened", actions: note });
  const second = await createRule(ctx, { name: "Deux", event: "message_received", conditions: words, actions: note });
  expect((await listRules(ctx)).map(({ name, enabled }) => [name, enabled])).toEqual([
    ["Une", false],
    ["Deux", false],
  ]);
  await moveRule(ctx, { ...second, up: true });
  await enableRule(ctx, { ...second, enabled: true });
  await updateRule(ctx, { ...first, name: "Une seule", event: "ticket_changed", changed: "status", actions: note });
  expect((await listRules(ctx)).map(({ name, enabled, changed }) => [name, enabled, changed])).toEqual([
    ["Deux", true, null],
    ["Une seule", false, "status"],
  ]);
  await deleteRule(ctx, first);
  const traces = await rows<{ action: string; data: unknown }>("select action, data from audit_log order by id");
  expect(traces.map(({ action }) => action)).toEqual(
    ["create", "create", "move", "enable", "update", "delete"].map((verb) => `automation_rule.${verb}`),
  );
  expect(JSON.stringify(traces)).not.toContain("untel");
});

it("is refused beside its field: a name in use, what is not there, what undoes itself, and nothing at all", async () => {
  const { ctx } = await openShop();
  await createRule(ctx, { name: "Une", event: "ticket_opened", actions: note });
  for (const [fields, wrong] of [
    [{ name: "Une", event: "ticket_opened", actions: note }, { name: "name_used" }],
    [
      { name: "x", event: "ticket_opened", actions: [{ do: "assignee", value: newId() }] },
      { "actions.0": "no_longer_there" },
    ],
    [
      {
        name: "x",
        event: "ticket_opened",
        conditions: [{ field: "label", op: "is", values: [newId()] }],
        actions: note,
      },
      { "conditions.0": "no_longer_there" },
    ],
  ] as const)
    await expect(createRule(ctx, structuredClone(fields) as never)).rejects.toMatchObject({ fields: wrong });
  const reasons = (fields: object) =>
    ruleFields
      .safeParse({ name: "x", event: "ticket_opened", ...fields })
      .error?.issues.map(({ path, message }) => [path.join("."), message]);
  expect(reasons({ actions: [] })).toEqual([["actions", "rule_does_nothing"]]);
  expect(reasons({ actions: [{ do: "reply", value: "{{customer.iban}}" }] })).toEqual([
    ["actions.0", "unknown_variable"],
  ]);
  expect(
    reasons({
      actions: [
        { do: "priority", value: "low" },
        { do: "priority", value: "high" },
      ],
    }),
  ).toEqual([["actions.1", "action_twice"]]);
  expect(reasons({ conditions: [{ field: "priority", op: "is", values: [] }], actions: note })).toEqual([
    ["conditions.0", "required"],
  ]);
});

it("is another business's never, nor is its log", async () => {
  const [one, other] = [await openShop(), await openShop()];
  const rule = { name: "Une", event: "ticket_opened" as const, actions: note };
  const ref = await createRule(one.ctx, rule);
  const refused = [
    updateRule(other.ctx, { ...ref, ...rule }),
    enableRule(other.ctx, { ...ref, enabled: true }),
    moveRule(other.ctx, { ...ref, up: true }),
    deleteRule(other.ctx, ref),
    listRuns(other.ctx, ref),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  expect(await listRules(other.ctx)).toEqual([]);
});

it("has a log that is paged from the newest, and narrowed", async () => {
  const shop = await openShop();
  const ruleId = await shop.rule({
    name: "Une",
    event: "message_received",
    conditions: [{ field: "words", op: "is", values: ["oui"] }],
    actions: note,
  });
  for (const text of ["oui", "non", "oui", "non", "oui"]) await shop.say(text);
  await shop.settle();
  expect((await listRules(shop.ctx)).map(({ lastDoneAt }) => lastDoneAt)).toEqual([shop.clock.now()]);
  const first = await listRuns(shop.ctx, { ruleId, limit: 2 });
  expect(first.runs.map(({ outcome }) => outcome)).toEqual(["done", "not_matched"]);
  const then = await listRuns(shop.ctx, { ruleId, limit: 2, cursor: first.nextCursor });
  expect(then.runs.map(({ outcome }) => outcome)).toEqual(["done", "not_matched"]);
  const last = await listRuns(shop.ctx, { ruleId, limit: 2, cursor: then.nextCursor });
  expect([last.runs.map(({ outcome }) => outcome), last.nextCursor]).toEqual([["done"], null]);
  const done = await listRuns(shop.ctx, { ruleId, outcome: "done" });
  expect(done.runs).toHaveLength(3);
  expect(done.runs[0]).toMatchObject({ customerName: "Inès Delcourt", ticketNumber: null });
});

it("can speak of what the business has, and of nothing of another", async () => {
  const [one, other] = [await openShop(), await openShop()];
  await one.rows(
    `insert into customer_tags (tenant_id, customer_id, tag) values ('${one.tenant.tenantId}', '${one.customer.customerId}', 'fidèle')`,
  );
  const choices = await listChoices(one.ctx);
  expect(choices).toMatchObject({ tags: ["fidèle"], channels: [{ id: one.channel.channelId }], labels: [] });
  expect(choices.members.map(({ name }) => name)).toEqual(["Camille", "Nadia"]);
  expect((await listChoices(other.ctx)).tags).toEqual([]);
});
