import { expect, it } from "vitest";
import { createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { removeView, saveView, updateView } from "#server/domains/saved-views/save-view.ts";
import { boardTickets } from "./board-tickets.ts";
import { changeTicket } from "./change-ticket.ts";
import { chooseColumns } from "./choose-columns.ts";
import { listTickets } from "./list-tickets.ts";
import { startBulk } from "./start-bulk.ts";
import { addTickets } from "./testing-queue.ts";

const database = await testDatabase();
const area = "tickets" as const;

async function shop(tickets = 0) {
  const clock = fixedClock("2026-11-21T09:00:00Z");
  const tenant = await createTenant();
  const manager = await createMember(tenant, "manager", { clock });
  const agent = await createMember(tenant, "agent", { clock });
  if (tickets > 0) await addTickets({ ...tenant, members: [manager.userId, agent.userId] }, tickets);
  const recount = async (condition: string) => {
    const [row] = await withTenant(tenant, (tx) =>
      tx.raw.unsafe<{ tickets: number }[]>(`select count(*)::int as tickets from tickets where ${condition}`),
    );
    return Math.min(row!.tickets, 1001);
  };
  return { tenant, manager, agent, clock, recount };
}
const isOpen = "status in ('open', 'in_progress', 'waiting_customer')";

it("counts what each saved view holds as a recount does, one's own and the shared ones", async () => {
  const { manager, agent, recount } = await shop(6_000);
  const save = (name: string, query: Record<string, string>, shared = false) =>
    saveView(manager.ctx, { area, name, query, shared });
  await save("À moi, pressés", { priority: "urgent,high" });
  await save("SMS ouverts", { view: "open", channel: "sms", sort: "priority", columns: "status,due" }, true);
  await save("Lampes", { view: "all", q: "lampe cassée" }, true);
  await save("Tout", { view: "all" }, true);
  await saveView(agent.ctx, {
    area,
    name: "Finis de moi",
    query: { view: "all", assignee: "me", status: "resolved,closed" },
  });
  const shared = {
    "SMS ouverts": await recount(`${isOpen} and channel_type = 'sms'`),
    Lampes: await recount("subject ilike '%lampe%' and subject ilike '%cassée%'"),
    Tout: 1001,
  };
  const counted = async (ctx: typeof agent.ctx) =>
    Object.fromEntries((await listTickets(ctx, {})).frame.views.map(({ name, count }) => [name, count]));
  expect(await counted(manager.ctx)).toEqual({
    "À moi, pressés": await recount(
      `${isOpen} and assignee_id = '${manager.userId}' and priority in ('urgent', 'high')`,
    ),
    ...shared,
  });
  expect(await counted(agent.ctx)).toEqual({
    "Finis de moi": await recount(`assignee_id = '${agent.userId}' and status in ('resolved', 'closed')`),
    ...shared,
  });
});

it("counts ten views at most, and none that the queue does not understand", async () => {
  const { tenant, manager } = await shop();
  await createTicket(tenant);
  for (let at = 0; at < 12; at++)
    await saveView(manager.ctx, { area, name: `Vue ${at}`, query: { view: "all", channel: at % 2 ? "sms" : "email" } });
  const { views } = (await listTickets(manager.ctx, {})).frame;
  expect(views.map(({ count }) => count)).toEqual([...Array<number>(10).fill(0), null, null]);
  await expect(saveView(manager.ctx, { area, name: "Sans sens", query: { sort: "subject" } })).rejects.toMatchObject({
    fields: { query: "invalid" },
  });
});

it("asks everything at once: rows, counts of all views, columns and the bulk change travel together", async () => {
  const { manager, clock } = await shop(200);
  for (const channel of ["sms", "whatsapp"])
    await saveView(manager.ctx, { area, name: channel, query: { view: "all", channel } });
  for (const [ask, statements] of [
    [() => listTickets(manager.ctx, { view: "open" }), 6],
    [() => listTickets(manager.ctx, { view: "all", channel: "email" }), 7],
    [() => boardTickets(manager.ctx, { view: "open" }), 15],
  ] as const) {
    // The driver waits once for what a new statement looks like.
    await ask();
    clock.advance(60_000);
    // Nothing is answered while the table is locked: what was asked by then did not wait for an answer.
    const lock = await database.owner.reserve();
    await lock.unsafe("begin; lock table tickets in access exclusive mode");
    let page: Promise<unknown> = Promise.resolve();
    const asked = await statementsOf(async () => {
      page = ask();
      await expect.poll(waiting).toBeGreaterThan(0);
    });
    await lock.unsafe("rollback");
    lock.release();
    expect([asked.length, (await statementsOf(() => page)).length]).toEqual([statements, 0]);
  }
});

async function waiting(): Promise<number> {
  const [row] = await database.owner<{ waiting: number }[]>`
    select count(*)::int as waiting from pg_locks where not granted and relation = 'tickets'::regclass`;
  return row!.waiting;
}

it("keeps counts for five seconds, and counts anew what changed here", async () => {
  const { tenant, manager } = await shop();
  const { ticketId } = await createTicket(tenant, { priority: "urgent" });
  const { viewId } = await saveView(manager.ctx, {
    area,
    name: "Pressés",
    query: { view: "open", priority: "urgent" },
  });
  const count = async () => (await listTickets(manager.ctx, {})).frame.views.map((view) => view.count);
  expect(await count()).toEqual([1]);
  expect(await statementsOf(() => listTickets(manager.ctx, {}))).toHaveLength(1);
  await changeTicket(manager.ctx, { ticketId, priority: "low" });
  expect(await count()).toEqual([0]);
  await updateView(manager.ctx, { viewId, query: { view: "open", priority: "low" } });
  expect(await count()).toEqual([1]);
  await removeView(manager.ctx, { viewId });
  expect(await count()).toEqual([]);
});

it("keeps a member's columns in their order, each once, and theirs alone", async () => {
  const { manager, agent } = await shop();
  const columns = async (ctx: typeof agent.ctx) => (await listTickets(ctx, {})).frame.columns;
  expect(await columns(agent.ctx)).toBeNull();
  await chooseColumns(agent.ctx, { columns: ["updated", "status", "updated", "customer"] });
  expect(await columns(agent.ctx)).toEqual(["updated", "status", "customer"]);
  expect(await columns(manager.ctx)).toBeNull();
  await chooseColumns(agent.ctx, { columns: [] });
  expect(await columns(agent.ctx)).toEqual([]);
  await chooseColumns(agent.ctx, { columns: null });
  expect(await columns(agent.ctx)).toBeNull();
  await expect(chooseColumns(agent.ctx, { columns: ["subject" as "status"] })).rejects.toThrow(/Invalid/);
  const system = { ...agent.ctx, actor: { type: "system" as const } };
  await expect(chooseColumns(system, { columns: null })).rejects.toMatchObject({ code: "forbidden" });
});

it("tells a member of their own bulk change for ten minutes, and another tenant nothing", async () => {
  const { tenant, manager, agent, clock } = await shop();
  const { ticketId } = await createTicket(tenant);
  const bulk = async (ctx: typeof agent.ctx) => (await listTickets(ctx, {})).frame.bulk;
  expect(await bulk(agent.ctx)).toBeNull();
  const { id } = await startBulk(agent.ctx, { target: { ids: [ticketId] }, change: { priority: "low" } });
  expect(await bulk(agent.ctx)).toMatchObject({ id, status: "done", changed: 1, undoable: true });
  expect(await bulk(manager.ctx)).toBeNull();
  await saveView(manager.ctx, { area, name: "Partagée", query: { view: "all" }, shared: true });
  const stranger = await shop();
  expect((await listTickets(stranger.agent.ctx, {})).frame).toEqual({ columns: null, views: [], bulk: null });
  clock.advance(601_000);
  expect(await bulk(agent.ctx)).toBeNull();
});
