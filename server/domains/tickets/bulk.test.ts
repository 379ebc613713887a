import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createMember, createTenant, createTicket } from "#db/factories.ts";
import { ticketBulkChanges, ticketBulkItems } from "#db/schema/ticket-queue.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";
import { bulkStepSize } from "./bulk-stretch.ts";
import { cancelBulk } from "./cancel-bulk.ts";
import { changeTicket } from "./change-ticket.ts";
import { countBulk } from "./count-bulk.ts";
import { currentBulk, findBulk } from "./find-bulk.ts";
import { bulkJob } from "./jobs.ts";
import { startBulk } from "./start-bulk.ts";
import { stepBulk } from "./step-bulk.ts";
import { sweepBulk } from "./sweep-bulk.ts";
import { addTickets } from "./testing-queue.ts";
import { undoBulk } from "./undo-bulk.ts";

const database = await testDatabase();

async function shop(tickets = 0) {
  const clock = fixedClock("2026-11-21T09:00:00Z");
  const tenant = await createTenant();
  const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
  const paul = await createMember(tenant, "agent", { name: "Paul", clock });
  if (tickets > 0) await addTickets(tenant, tickets);
  const rows = <T extends object = Record<string, unknown>>(statement: string): Promise<T[]> =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<T[]>(statement))]);
  const job = async (ctx: Ctx, bulkId: string) => {
    const run = { clock, signal: new AbortController().signal };
    await bulkJob.run({ tenantId: ctx.tenantId, bulkId }, run);
    return findBulk(ctx, { bulkId });
  };
  return { tenant, nadia, paul, clock, rows, job };
}

describe("a change of all that match", () => {
  it("is counted first, done in steps, and told on each ticket's timeline and in the audit", async () => {
    const { tenant, nadia, rows, job } = await shop(1_300);
    const target = { view: "open", priority: ["urgent" as const] } as const;
    const [{ open } = { open: 0 }] = await rows<{ open: number }>(
      "select count(*)::int as open from tickets where priority = 'urgent' and status in ('open', 'in_progress', 'waiting_customer')",
    );
    expect(open).toBeGreaterThan(100);
    const filter = { ...target, priority: [...target.priority] };
    expect(await countBulk(nadia.ctx, { target: filter })).toEqual({ total: open });
    const begun = await startBulk(nadia.ctx, {
      target: filter,
      change: { status: "resolved", assigneeId: nadia.userId },
    });
    expect(begun).toMatchObject({ status: "running", total: open, changed: 0 });
    // Opened afterwards: no part of it.
    const late = await createTicket(tenant, {
      priority: "urgent",
      id: "ffffffff-ffff-7fff-bfff-ffffffffffff",
    });
    expect(await job(nadia.ctx, begun.id)).toMatchObject({
      status: "done",
      changed: open,
      unchanged: 0,
      undoable: true,
    });
    const done = await rows<{ id: string; status: string; by: string; at: Date | null; assignee: string }>(
      `select id, status, resolved_by as by, resolved_at as at, assignee_id as assignee from tickets where id in (select ticket_id from ticket_bulk_items)`,
    );
    expect(done).toHaveLength(open);
    for (const row of done) {
      expect(row).toMatchObject({ status: "resolved", by: nadia.userId, assignee: nadia.userId });
      expect(row.at).toBeInstanceOf(Date);
    }
    const [left] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, late.ticketId)));
    expect(left?.status).toBe("open");
    const lines = await rows<{ type: string; actor: string; lines: number }>(
      `select type, actor_id as actor, count(*)::int as lines from ticket_events where data ->> 'bulk' = '${begun.id}' group by 1, 2 order by 1`,
    );
    expect(lines.map(({ type, actor, lines: count }) => [type, actor, count])).toEqual([
      ["assignee", nadia.userId, open],
      ["resolved", nadia.userId, open],
    ]);
    const audit = await rows<{ action: string; entries: number }>(
      "select action, count(*)::int as entries from audit_log group by 1 order by 1",
    );
    expect(audit).toEqual([
      { action: "ticket.assignee", entries: open },
      { action: "ticket.bulk_change", entries: 1 },
      { action: "ticket.resolved", entries: open },
    ]);
  });

  it("tells the new assignee of a few tickets, and buries nobody under hundreds", async () => {
    const { nadia, paul, rows, job } = await shop(300);
    const told = () => rows("select subject_id from notifications where kind = 'assigned'");
    const [first] = await rows<{ id: string }>("select id from tickets where status = 'open' limit 1");
    await startBulk(nadia.ctx, { target: { ids: [first!.id] }, change: { assigneeId: paul.userId } });
    expect(await told()).toEqual([{ subject_id: first!.id }]);
    const begun = await startBulk(nadia.ctx, { target: { view: "all" }, change: { assigneeId: paul.userId } });
    expect(await job(nadia.ctx, begun.id)).toMatchObject({ changed: 299, unchanged: 1 });
    expect(await told()).toHaveLength(1);
  });

  it("costs a handful of statements a step, however many tickets it changes", async () => {
    const { nadia } = await shop(1_200);
    const begun = await startBulk(nadia.ctx, { target: { view: "all" }, change: { priority: "high" } });
    // What rules wait for is asked once a minute.
    await stepBulk(nadia.ctx, { bulkId: begun.id });
    const statements = await statementsOf(() => stepBulk(nadia.ctx, { bulkId: begun.id }));
    expect((await findBulk(nadia.ctx, { bulkId: begun.id })).changed).toBeGreaterThan(300);
    expect(statements.length).toBeLessThanOrEqual(10);
  });

  it("finds words wherever they stand, as the queue's search does", async () => {
    const { tenant, nadia, job } = await shop();
    for (const subject of ["Lampe cassée 100%", "Une LAMPE", "Chaise", "Lampadaire 100"])
      await createTicket(tenant, { subject });
    const total = async (search: string) => (await countBulk(nadia.ctx, { target: { view: "all", search } })).total;
    expect(await Promise.all(["lampe", "lamp 100", "100%", "#2", "_"].map(total))).toEqual([2, 2, 1, 1, 0]);
    const begun = await startBulk(nadia.ctx, { target: { view: "all", search: "lampe" }, change: { priority: "low" } });
    expect(await job(nadia.ctx, begun.id)).toMatchObject({ changed: 2 });
  });

  it("runs once a member, is stopped, and what was done of it can be taken back", async () => {
    const { nadia, paul, rows, job } = await shop(bulkStepSize * 2 + 100);
    const before = await rows("select id, status, closed_at, resolved_at from tickets order by id");
    const begun = await startBulk(nadia.ctx, { target: { view: "all" }, change: { status: "closed" } });
    const again = () => startBulk(nadia.ctx, { target: { view: "all" }, change: { priority: "low" } });
    await expect(again()).rejects.toMatchObject({ reason: "bulk_running" });
    await stepBulk(nadia.ctx, { bulkId: begun.id });
    for (const attempt of [
      () => cancelBulk(paul.ctx, { bulkId: begun.id }),
      () => undoBulk(paul.ctx, { bulkId: begun.id }),
    ])
      await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
    await expect(undoBulk(nadia.ctx, { bulkId: begun.id })).rejects.toMatchObject({ reason: "not_undoable" });
    await cancelBulk(nadia.ctx, { bulkId: begun.id });
    await cancelBulk(nadia.ctx, { bulkId: begun.id });
    const stopped = await job(nadia.ctx, begun.id);
    expect(stopped).toMatchObject({ status: "cancelled", undoable: true });
    expect(stopped.changed).toBeLessThanOrEqual(bulkStepSize);
    const undo = await undoBulk(nadia.ctx, { bulkId: begun.id });
    await job(nadia.ctx, undo.id);
    expect(await rows("select id, status, closed_at, resolved_at from tickets order by id")).toEqual(before);
    const audit = await rows<{ action: string }>(
      "select action from audit_log where action like 'ticket.bulk%' order by id",
    );
    expect(audit.map(({ action }) => action)).toEqual(["ticket.bulk_change", "ticket.bulk_cancel", "ticket.bulk_undo"]);
  });

  it("goes on where a worker died, and a baton that was handed on is worth nothing", async () => {
    const { nadia, clock, job } = await shop(bulkStepSize + 200);
    const begun = await startBulk(nadia.ctx, { target: { view: "all" }, change: { priority: "urgent" } });
    const steppedAt = await stepBulk(nadia.ctx, { bulkId: begun.id });
    clock.advance(60_000);
    expect((await currentBulk(nadia.ctx))?.stalled).toBe(true);
    await sweepBulk(clock, (tenantId) => ({ ...nadia.ctx, tenantId }));
    expect((await currentBulk(nadia.ctx))?.stalled).toBe(false);
    expect(await stepBulk(nadia.ctx, { bulkId: begun.id, steppedAt: steppedAt ?? "" })).toBeNull();
    const jobs = await database.owner`
      select 1 from pgboss.job where name = 'tickets.bulk' and data ->> 'bulkId' = ${begun.id} and data ->> 'steppedAt' = ${clock.now().toISOString()}`;
    expect(jobs).toHaveLength(1);
    const done = await job(nadia.ctx, begun.id);
    expect([done.status, done.changed + done.unchanged]).toEqual(["done", bulkStepSize + 200]);
  });
});

describe("taking a change back", () => {
  it("gives tickets back what they were, leaves alone what somebody changed since, and says how many", async () => {
    const { tenant, nadia, paul, rows, clock } = await shop();
    const made = await Promise.all(
      (["open", "waiting_customer", "resolved", "in_progress"] as const).map((status) =>
        createTicket(tenant, { status }),
      ),
    );
    const ids = made.map(({ ticketId }) => ticketId);
    const columns = "status, assignee_id, assigned_at, resolved_at, resolved_by, closed_at, reopened_count";
    const state = (id: string) => rows(`select ${columns} from tickets where id = '${id}'`);
    const before = await Promise.all(ids.map(state));
    const change = { status: "in_progress" as const, assigneeId: paul.userId };
    const done = await startBulk(nadia.ctx, { target: { ids }, change });
    expect(done).toMatchObject({ status: "done", changed: 4, undoable: true });
    clock.advance(60_000);
    await changeTicket(paul.ctx, { ticketId: ids[1]!, status: "closed" });
    await changeTicket(paul.ctx, { ticketId: ids[0]!, subject: "Autre chose" });
    const undo = await undoBulk(nadia.ctx, { bulkId: done.id });
    expect(undo).toMatchObject({ status: "done", isUndo: true, changed: 3, unchanged: 1, undoable: false });
    const after = await Promise.all(ids.map(state));
    expect([after[0], after[2], after[3]]).toEqual([before[0], before[2], before[3]]);
    expect(after[1]).toMatchObject([{ status: "closed", assignee_id: paul.userId }]);
    const lines = await withTenant(tenant, (tx) =>
      tx.select().from(ticketEvents).where(eq(ticketEvents.ticketId, ids[2]!)).orderBy(ticketEvents.id),
    );
    expect(lines.map(({ type, data }) => [type, data["from"], data["to"], data["undone"] ?? false])).toEqual([
      ["reopened", "resolved", "in_progress", false],
      ["assignee", null, paul.userId, false],
      ["status", "in_progress", "resolved", true],
      ["assignee", paul.userId, null, true],
    ]);
    await expect(undoBulk(nadia.ctx, { bulkId: done.id })).rejects.toMatchObject({ reason: "not_undoable" });
    expect(await rows("select * from ticket_bulk_items")).toEqual([]);
  });

  it("is offered for a day; then what would be needed is forgotten", async () => {
    const { tenant, nadia, clock } = await shop();
    const { ticketId } = await createTicket(tenant);
    const { id: bulkId } = await startBulk(nadia.ctx, { target: { ids: [ticketId] }, change: { priority: "low" } });
    clock.advance(86_400_001);
    await expect(undoBulk(nadia.ctx, { bulkId })).rejects.toMatchObject({ reason: "not_undoable" });
    await sweepBulk(clock, (tenantId) => ({ ...nadia.ctx, tenantId }));
    const left = await withTenant(tenant, (tx) =>
      Promise.all([tx.select().from(ticketBulkItems), tx.select().from(ticketBulkChanges)]),
    );
    expect(left[0]).toEqual([]);
    expect(left[1]).toMatchObject([{ id: bulkId, undoUntil: null }]);
  });
});

it("belongs to one tenant, and to members", async () => {
  const [one, other] = [await shop(), await shop()];
  const { ticketId } = await createTicket(one.tenant);
  const target = { ids: [ticketId] };
  const { id: bulkId } = await startBulk(one.nadia.ctx, { target, change: { priority: "low" } });
  const { ctx } = other.nadia;
  for (const attempt of [
    () => countBulk(ctx, { target }),
    () => startBulk(ctx, { target, change: { priority: "high" } }),
    () => findBulk(ctx, { bulkId }),
    () => cancelBulk(ctx, { bulkId }),
    () => undoBulk(ctx, { bulkId }),
  ]) {
    await expect(attempt()).rejects.toMatchObject({ code: "not_found" });
  }
  expect(await stepBulk(ctx, { bulkId })).toBeNull();
  expect(await currentBulk(ctx)).toBeNull();
  await expect(startBulk(ctx, { target: { view: "all" }, change: { priority: "high" } })).rejects.toMatchObject({
    reason: "nothing_matches",
  });
  const system = { ...one.nadia.ctx, actor: { type: "system" as const } };
  await expect(startBulk(system, { target, change: { priority: "high" } })).rejects.toMatchObject({
    code: "forbidden",
  });
  const [row] = await withTenant(one.tenant, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.action, "ticket.priority"), eq(auditLog.entityId, ticketId))),
  );
  expect(row?.data).toMatchObject({ from: "medium", to: "low", bulk: bulkId });
});
