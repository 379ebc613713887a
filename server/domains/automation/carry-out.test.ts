import { describe, expect, it } from "vitest";
import { createTicket } from "#db/factories.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { addConversationNote } from "#server/domains/conversations/index.ts";
import { changeTicket } from "#server/domains/tickets/index.ts";
import { openShop } from "./testing.ts";

await testDatabase();

const urgent = { field: "words" as const, op: "is" as const, values: ["urgen", "en panne"] };

describe("a rule", () => {
  it("does what it says when its event happens and its conditions hold, in its own name, and logs either way", async () => {
    const shop = await openShop({ autoTicketRule: "new_conversation" });
    await shop.rule({
      name: "Urgences",
      event: "message_received",
      conditions: [urgent],
      actions: [
        { do: "priority", value: "urgent" },
        { do: "assignee", value: shop.agent.userId },
        { do: "note", value: "Rappeler {{customer.first_name}}" },
        { do: "notify", value: "assignee" },
        { do: "reply", value: "Bonjour {{customer.first_name}}, nous regardons tout de suite. {{business.name}}" },
      ],
    });
    await shop.say("Bonjour, une question");
    await shop.settle();
    expect(await shop.runs()).toMatchObject([{ outcome: "not_matched", failed_condition: 0, steps: [] }]);
    const { ticketId, conversationId } = await shop.say("C’est URGENT, la lampe est tombée");
    expect(ticketId).toBeNull();
    await shop.settle();
    const [ticket] = await shop.rows<Record<string, unknown>>("select * from tickets");
    expect(ticket).toMatchObject({
      priority: "urgent",
      assignee_id: shop.agent.userId,
      conversation_id: conversationId,
    });
    const runs = await shop.runs();
    expect(runs.map(({ outcome }) => outcome)).toEqual(["not_matched", "done"]);
    expect(runs[1]).toMatchObject({
      ticket_id: ticket!["id"],
      conversation_id: conversationId,
      replied: true,
      steps: [
        { do: "priority", from: "medium", to: "urgent" },
        { do: "assignee", from: null, to: "Nadia" },
        { do: "note" },
        { do: "notify", to: "Nadia" },
        { do: "reply" },
      ],
    });
    const lines = await shop.rows<{ type: string; actor_type: string; data: unknown }>(
      "select type, actor_type, data from ticket_events where type <> 'opened' order by id",
    );
    expect(lines).toEqual([
      { type: "priority", actor_type: "rule", data: { from: "medium", to: "urgent", rule: "Urgences" } },
      { type: "assignee", actor_type: "rule", data: { from: null, to: shop.agent.userId, rule: "Urgences" } },
      { type: "note", actor_type: "rule", data: { text: "Rappeler Inès", rule: "Urgences" } },
    ]);
    const said = await shop.rows(
      "select kind, text, direction, author_id, data from messages where direction <> 'in' order by id",
    );
    expect(said).toMatchObject([
      { kind: "event", data: { event: "assigned", toName: "Nadia", rule: "Urgences" } },
      {
        kind: "text",
        direction: "out",
        author_id: null,
        text: "Bonjour Inès, nous regardons tout de suite. Atelier Lumen",
        data: { rule: "Urgences" },
      },
    ]);
    expect(await shop.rows("select kind, subject from notifications where kind = 'rule'")).toEqual([
      { kind: "rule", subject: "ticket" },
    ]);
    expect(await shop.rows("select distinct actor_type from audit_log where action = 'ticket.priority'")).toEqual([
      { actor_type: "rule" },
    ]);
  });

  it("leaves out what cannot be done, with the reason, and does the rest", async () => {
    const shop = await openShop();
    const labelId = crypto.randomUUID();
    await shop.rows(
      `insert into labels (tenant_id, id, name, colour) values ('${shop.tenant.tenantId}', '${labelId}', 'SAV', 'blue')`,
    );
    await shop.rule({
      name: "Trier",
      event: "message_received",
      actions: [
        { do: "priority", value: "high" },
        { do: "notify", value: "assignee" },
        { do: "add_label", value: labelId },
        { do: "reply", value: "Votre ticket {{ticket.number}} avance" },
        { do: "snooze", value: "tomorrow" },
      ],
    });
    const { conversationId } = await shop.say("Bonjour");
    await shop.settle();
    const [run] = await shop.runs();
    expect(run).toMatchObject({
      outcome: "done",
      replied: false,
      steps: [
        { do: "priority", skipped: "no_ticket" },
        { do: "notify", skipped: "nobody_assigned" },
        { do: "add_label", to: "SAV" },
        { do: "reply", skipped: "variable_unknown" },
        { do: "snooze", to: "tomorrow" },
      ],
    });
    expect(await shop.rows(`select status from conversations where id = '${conversationId}'`)).toEqual([
      { status: "snoozed" },
    ]);
    expect(
      await shop.rows(
        "select data ->> 'event' as event, data ->> 'rule' as rule from messages where kind = 'event' order by id",
      ),
    ).toEqual([
      { event: "labelled", rule: "Trier" },
      { event: "snoozed", rule: "Trier" },
    ]);
  });

  it("opens a ticket that the actions after it work on, and not a second one", async () => {
    const shop = await openShop();
    await shop.rule({
      name: "Au SAV",
      event: "message_received",
      actions: [
        { do: "open_ticket", value: "" },
        { do: "priority", value: "high" },
      ],
    });
    await shop.say("Ma lampe est fendue\nMerci");
    await shop.settle();
    await shop.say("Toujours rien ?");
    await shop.settle();
    expect(await shop.rows("select subject, priority, source from tickets")).toEqual([
      { subject: "Ma lampe est fendue", priority: "high", source: "rule" },
    ]);
    expect((await shop.runs()).map(({ steps }) => steps)).toEqual([
      [{ do: "open_ticket" }, { do: "priority", from: "medium", to: "high" }],
      [
        { do: "open_ticket", skipped: "ticket_is_open" },
        { do: "priority", skipped: "already_so" },
      ],
    ]);
  });

  it("sees what the rules before it did, in their order", async () => {
    const shop = await openShop({ autoTicketRule: "new_conversation" });
    await shop.rule({ name: "Urgent", event: "ticket_opened", actions: [{ do: "priority", value: "urgent" }] });
    await shop.rule({
      name: "À Nadia",
      event: "ticket_opened",
      conditions: [{ field: "priority", op: "is", values: ["urgent"] }],
      actions: [{ do: "assignee", value: shop.agent.userId }],
    });
    await shop.say("Bonjour");
    await shop.settle();
    expect(await shop.rows("select assignee_id from tickets")).toEqual([{ assignee_id: shop.agent.userId }]);
  });

  it("waits for one field of a ticket, and for members' own changes", async () => {
    const shop = await openShop();
    await shop.rule({
      name: "Grave",
      event: "ticket_changed",
      changed: "priority",
      conditions: [{ field: "priority", op: "is", values: ["urgent"] }],
      actions: [{ do: "note", value: "Vu" }],
    });
    const { ticketId } = await createTicket(shop.tenant);
    await changeTicket(shop.admin.ctx, { ticketId, subject: "Autre" });
    await changeTicket(shop.admin.ctx, { ticketId, priority: "urgent", status: "in_progress" });
    await shop.settle();
    expect((await shop.runs()).map(({ outcome }) => outcome)).toEqual(["done"]);
  });
});

describe("the loop guard", () => {
  it("ends two rules that undo each other: each acts once on what goes back to one origin", async () => {
    const shop = await openShop();
    for (const [from, to] of [
      ["high", "low"],
      ["low", "high"],
    ] as const)
      await shop.rule({
        name: `${from} devient ${to}`,
        event: "ticket_changed",
        changed: "priority",
        conditions: [{ field: "priority", op: "is", values: [from] }],
        actions: [{ do: "priority", value: to }],
      });
    const { ticketId } = await createTicket(shop.tenant);
    await changeTicket(shop.admin.ctx, { ticketId, priority: "high" });
    await shop.settle();
    const runs = await shop.runs();
    expect(runs.filter(({ outcome }) => outcome === "done").map(({ rule, depth }) => [rule, depth])).toEqual([
      ["high devient low", 0],
      ["low devient high", 0],
    ]);
    expect(runs.filter(({ outcome }) => outcome === "stopped").map(({ reason }) => reason)).toContain("same_origin");
    // A member's next change begins anew.
    await changeTicket(shop.admin.ctx, { ticketId, priority: "low" });
    await shop.settle();
    expect((await shop.runs()).filter(({ outcome }) => outcome === "done").length).toBeGreaterThan(2);
  });

  it("writes to one conversation once an hour, whatever answers", async () => {
    const shop = await openShop();
    await shop.rule({
      name: "Accusé",
      event: "message_received",
      actions: [{ do: "reply", value: "Bien reçu" }],
    });
    for (const minutes of [0, 5, 50, 10]) {
      shop.clock.advance(minutes * 60_000);
      await shop.say("Je suis un programme");
      await shop.settle();
    }
    expect((await shop.runs()).map(({ steps }) => steps[0]?.skipped ?? "sent")).toEqual([
      "sent",
      "replied_lately",
      "replied_lately",
      "sent",
    ]);
  });

  it("writes nothing to somebody who is blocked", async () => {
    const shop = await openShop();
    await shop.rule({ name: "Accusé", event: "message_received", actions: [{ do: "reply", value: "Bien reçu" }] });
    await shop.rule({ name: "Résolu", event: "ticket_changed", actions: [{ do: "reply", value: "C’est fait" }] });
    const { customerId, conversationId } = await shop.say("Bonjour");
    await shop.settle();
    await shop.rows(`update customers set status = 'blocked' where id = '${customerId}'`);
    await shop.say("Encore");
    const { ticketId } = await createTicket(shop.tenant, { conversationId: conversationId!, customerId: customerId! });
    await changeTicket(shop.admin.ctx, { ticketId, priority: "low" });
    await shop.settle();
    expect((await shop.runs()).map(({ rule, steps }) => [rule, steps[0]?.skipped ?? "sent"])).toEqual([
      ["Accusé", "sent"],
      ["Résolu", "sender_quiet"],
    ]);
  });
});

describe("a business without rules", () => {
  it("writes no fact and asks nothing more than once a minute", async () => {
    const shop = await openShop();
    const first = await statementsOf(() => shop.say("un"));
    const then = await statementsOf(() => shop.say("deux"));
    const about = (all: { query: string }[]) => all.filter(({ query }) => query.includes("automation"));
    expect([about(first).length, about(then).length]).toEqual([1, 0]);
    expect(await shop.rows("select from automation_facts")).toEqual([]);
  });

  it("is none of another business's: rules of one see nothing of the other", async () => {
    const [one, other] = [await openShop(), await openShop()];
    await one.rule({ name: "Tout", event: "message_received", actions: [{ do: "note", value: "Vu" }] });
    const { conversationId } = await other.say("Bonjour");
    await addConversationNote(other.admin.ctx, { conversationId: conversationId!, text: "à nous" });
    expect([await one.settle(), await other.settle()]).toEqual([0, 0]);
    expect([await one.runs(), await other.runs()]).toEqual([[], []]);
  });
});
