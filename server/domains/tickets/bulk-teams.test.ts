import { expect, it } from "vitest";
import { createMember, createTenant, createTicket } from "#db/factories.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { connect, createTeam } from "#server/domains/assignment/testing.ts";
import { deleteTeam } from "#server/domains/teams/delete-team.ts";
import { archiveCategory, createCategory } from "#server/domains/ticket-forms/save-category.ts";
import { assignTicket } from "./assign-ticket.ts";
import { findBulk } from "./find-bulk.ts";
import { bulkJob } from "./jobs.ts";
import { startBulk } from "./start-bulk.ts";
import { stepBulk } from "./step-bulk.ts";
import { addTickets } from "./testing-queue.ts";
import { undoBulk } from "./undo-bulk.ts";

await testDatabase();

/** A shop with a team that gives its work by turns, one that does not, and a category. */
async function shop() {
  const clock = fixedClock("2026-11-20T09:00:00Z");
  const tenant = await createTenant();
  const nadia = await createMember(tenant, "admin", { name: "Nadia", clock });
  const paul = await createMember(tenant, "agent", { name: "Paul", clock });
  const sharing = await createTeam(tenant, [nadia, paul], { name: "Atelier", assignment: "round_robin" });
  const quiet = await createTeam(tenant, [paul], { name: "Caisse" });
  await connect(tenant, [nadia, paul], clock);
  const { categoryId } = await createCategory(nadia.ctx, { name: "Garantie" });
  const rows = <T extends object = Record<string, unknown>>(statement: string): Promise<T[]> =>
    withTenant(tenant, async (tx) => [...(await tx.raw.unsafe<T[]>(statement))]);
  const state = () =>
    rows("select team_id, assignee_id, assigned_at, category_id, seeking_since from tickets order by id");
  const job = async (bulkId: string) => {
    await bulkJob.run({ tenantId: tenant.tenantId, bulkId }, { clock, signal: new AbortController().signal });
    return findBulk(nadia.ctx, { bulkId });
  };
  return { tenant, clock, nadia, paul, sharing, quiet, categoryId, rows, state, job };
}

it("gives many tickets to a team and a category at once, told by name, and takes both back", async () => {
  const { tenant, nadia, quiet, categoryId, rows, state, job } = await shop();
  await addTickets(tenant, 700);
  const before = await state();
  const change = { teamId: quiet.teamId, categoryId };
  const { id } = await startBulk(nadia.ctx, { target: { view: "all" }, change });
  expect(await job(id)).toMatchObject({ status: "done", changed: 700, unchanged: 0 });
  for (const row of await state())
    expect(row).toMatchObject({ team_id: quiet.teamId, category_id: categoryId, assignee_id: null });
  const lines = () =>
    rows(
      "select distinct type, data ->> 'toName' as team, data ->> 'to' as into, data ->> 'undone' as undone from ticket_events order by 1, 4 nulls first",
    );
  expect(await lines()).toEqual([
    { type: "category", team: null, into: "Garantie", undone: null },
    { type: "team", team: "Caisse", into: quiet.teamId, undone: null },
  ]);
  await job((await undoBulk(nadia.ctx, { bulkId: id })).id);
  expect(await state()).toEqual(before);
  expect((await lines()).filter(({ undone }) => undone)).toEqual([
    { type: "category", team: null, into: null, undone: "true" },
    { type: "team", team: null, into: null, undone: "true" },
  ]);
});

it("lets the team's rule give what nobody has, and takes that back too unless somebody gave it on", async () => {
  const { tenant, nadia, paul, sharing, rows, state } = await shop();
  const made = [];
  for (let at = 0; at < 4; at += 1) made.push(await createTicket(tenant));
  const ids = made.map(({ ticketId }) => ticketId);
  await assignTicket(nadia.ctx, { ticketId: ids[3]!, assigneeId: paul.userId });
  const before = await state();
  const done = await startBulk(nadia.ctx, { target: { ids }, change: { teamId: sharing.teamId } });
  const holders = (await state()).map(({ assignee_id: holder }) => holder);
  expect(new Set(holders.slice(0, 3))).toEqual(new Set([nadia.userId, paul.userId]));
  expect(holders[3]).toBe(paul.userId);
  expect(await rows("select from notifications where kind = 'assigned' and subject = 'ticket'")).not.toEqual([]);
  await assignTicket(nadia.ctx, { ticketId: ids[0]!, assigneeId: null });
  const undone = await undoBulk(nadia.ctx, { bulkId: done.id });
  expect(undone).toMatchObject({ changed: 3, unchanged: 1 });
  const after = await state();
  expect(after.slice(1)).toEqual(before.slice(1));
  expect(after[0]).toMatchObject({ team_id: sharing.teamId, assignee_id: null });
});

it("asks no rule where somebody is named, or nobody on purpose", async () => {
  const { tenant, nadia, sharing, state } = await shop();
  const { ticketId } = await createTicket(tenant);
  const target = { ids: [ticketId] };
  await startBulk(nadia.ctx, { target, change: { teamId: sharing.teamId, assigneeId: null } });
  expect(await state()).toMatchObject([{ team_id: sharing.teamId, assignee_id: null, seeking_since: null }]);
  await startBulk(nadia.ctx, { target, change: { teamId: null, assigneeId: nadia.userId } });
  expect(await state()).toMatchObject([{ team_id: null, assignee_id: nadia.userId }]);
});

it("buries nobody under hundreds, and costs no more a step for it", async () => {
  const { tenant, nadia, sharing, rows } = await shop();
  await addTickets(tenant, 600);
  const { id: bulkId } = await startBulk(nadia.ctx, { target: { view: "all" }, change: { teamId: sharing.teamId } });
  const statements = await statementsOf(() => stepBulk(nadia.ctx, { bulkId }));
  expect(statements.length).toBeLessThanOrEqual(16);
  expect(await rows("select from tickets where assignee_id is not null limit 101")).toHaveLength(101);
  expect(await rows("select from notifications")).toEqual([]);
});

it("refuses a team or category that is not there, and leaves alone what has gone meanwhile", async () => {
  const { tenant, nadia, quiet, categoryId, state } = await shop();
  const { ticketId } = await createTicket(tenant, { teamId: quiet.teamId });
  const target = { ids: [ticketId] };
  const elsewhere = await shop();
  for (const change of [{ teamId: elsewhere.quiet.teamId }, { categoryId: elsewhere.categoryId }])
    await expect(startBulk(nadia.ctx, { target, change })).rejects.toMatchObject({ code: "invalid" });
  const { id } = await startBulk(nadia.ctx, { target, change: { teamId: null } });
  await deleteTeam(nadia.ctx, { teamId: quiet.teamId });
  expect(await undoBulk(nadia.ctx, { bulkId: id })).toMatchObject({ status: "done", changed: 1 });
  expect(await state()).toMatchObject([{ team_id: null }]);
  await archiveCategory(nadia.ctx, { categoryId, archived: true });
  await expect(startBulk(nadia.ctx, { target, change: { categoryId } })).rejects.toMatchObject({ code: "invalid" });
});
