import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { createConversation, createMember, createTenant } from "#db/factories.ts";
import { alerts } from "#db/schema/alerts.ts";
import { notifications } from "#db/schema/notifications.ts";
import { teamMembers, teams } from "#db/schema/teams.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { scansOf } from "#db/testing-plans.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { customerReplied, memberReplied, openTickets } from "#server/domains/tickets/index.ts";
import { openTicket } from "#server/domains/tickets/open-ticket.ts";
import { deadlineNotices } from "./deadline-notices.ts";
import { dueTickets } from "./jobs.ts";
import { savePolicy } from "./save-policy.ts";
import { watchLateTickets } from "./tell-breach.ts";
import { watchDeadlines } from "./watch-deadlines.ts";

const database = await testDatabase();
const minute = 60_000;

async function shop() {
  const clock = fixedClock("2026-11-23T09:00:00Z");
  const tenant = await createTenant();
  const admin = await createMember(tenant, "admin", { clock });
  const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
  const paul = await createMember(tenant, "agent", { name: "Paul", clock });
  await savePolicy(admin.ctx, {
    name: "Express",
    priorities: ["medium"],
    channels: [],
    firstResponseMinutes: 60,
    nextResponseMinutes: 60,
    resolutionMinutes: 600,
    warnMinutes: 20,
    escalatePriority: "urgent",
    escalateAssigneeId: paul.userId,
  });
  const { conversationId } = await createConversation(tenant);
  const opened = { subject: "Panne", conversationId, assigneeId: nadia.userId, source: "manual" } as const;
  const { ticketId, number } = await openTicket(nadia.ctx, opened);
  const job = contextFor(tenant.tenantId, { type: "job", name: "sla" }, clock);
  const turn = async () => {
    const ids = (await dueTickets(clock)).get(tenant.tenantId) ?? [];
    await watchDeadlines(job, ids);
    return ids.length;
  };
  const read = async () => {
    const [row] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
    return row!;
  };
  const story = () =>
    withTenant(tenant, (tx) =>
      tx.select().from(ticketEvents).where(eq(ticketEvents.ticketId, ticketId)).orderBy(ticketEvents.id),
    );
  return { clock, tenant, admin, nadia, paul, conversationId, ticketId, number, job, turn, read, story };
}

it("warns once ahead, tells once of the breach, escalates, and says so in the timeline and the audit", async () => {
  const { clock, tenant, nadia, paul, ticketId, number, turn, read, story } = await shop();
  clock.advance(39 * minute);
  expect(await turn()).toBe(0);
  clock.advance(minute);
  expect(await turn()).toBe(1);
  expect(await turn()).toBe(0);
  expect(await deadlineNotices(nadia.ctx, { ticketIds: [ticketId] })).toEqual([
    { number, subject: "Panne", target: "first_response", dueAt: new Date("2026-11-23T10:00:00Z"), missed: false },
  ]);
  expect(await deadlineNotices(paul.ctx, { ticketIds: [ticketId] })).toEqual([]);
  const before = (await read()).updatedAt;
  expect(before).toEqual(new Date("2026-11-23T09:00:00Z"));

  clock.advance(20 * minute);
  expect(await turn()).toBe(1);
  expect(await read()).toMatchObject({
    priority: "urgent",
    assigneeId: paul.userId,
    slaPolicyId: null,
    slaWatchAt: null,
  });
  expect((await story()).map(({ type, actorType, data }) => ({ type, actorType, data })).slice(1)).toEqual([
    { type: "sla_missed", actorType: "job", data: { target: "first_response", policy: "Express" } },
    { type: "priority", actorType: "job", data: { from: "medium", to: "urgent" } },
    { type: "assignee", actorType: "job", data: { from: nadia.userId, to: paul.userId } },
  ]);
  const actions = await withTenant(tenant, (tx) =>
    tx.select({ action: auditLog.action }).from(auditLog).where(eq(auditLog.entityId, ticketId)).orderBy(auditLog.id),
  );
  expect(actions.map(({ action }) => action)).toEqual([
    "ticket.opened",
    "ticket.sla_missed",
    "ticket.priority",
    "ticket.assignee",
  ]);
  const heard = await withTenant(tenant, (tx) => tx.select().from(notifications));
  const missed = heard.filter(({ kind, subjectId }) => kind === "deadline_missed" && subjectId === ticketId);
  expect(new Set(missed.map(({ userId }) => userId))).toEqual(new Set([nadia.userId, paul.userId]));
  expect(await turn()).toBe(0);
  expect(await deadlineNotices(paul.ctx, { ticketIds: [ticketId] })).toMatchObject([{ number, missed: true }]);
  expect(await deadlineNotices((await createMember(await createTenant())).ctx, { ticketIds: [ticketId] })).toEqual([]);
});

it("speaks of nobody's tickets to the team that they are for, else to everybody", async () => {
  const { clock, tenant, nadia, paul, ticketId, turn } = await shop();
  clock.advance(40 * minute);
  await turn();
  const teamId = newId();
  await withTenant(tenant, async (tx) => {
    await tx.insert(teams).values({ tenantId: tenant.tenantId, id: teamId, name: "Atelier" });
    await tx.insert(teamMembers).values({ tenantId: tenant.tenantId, teamId, userId: paul.userId });
  });
  const heardBy = async (teamOfTicket: string | null) => {
    await withTenant(tenant, (tx) => tx.update(tickets).set({ assigneeId: null, teamId: teamOfTicket }));
    const heard = await Promise.all([nadia, paul].map(({ ctx }) => deadlineNotices(ctx, { ticketIds: [ticketId] })));
    return heard.map(({ length }) => length);
  };
  expect(await heardBy(null)).toEqual([1, 1]);
  expect(await heardBy(teamId)).toEqual([0, 1]);
});

it("opens the admins' alert while something is late, and closes it after", async () => {
  const { clock, tenant, admin, nadia, conversationId, job, turn } = await shop();
  const { policyId } = await savePolicy(admin.ctx, {
    name: "Tout",
    priorities: [],
    channels: [],
    firstResponseMinutes: 60,
    nextResponseMinutes: 60,
    resolutionMinutes: null,
    warnMinutes: 0,
    escalatePriority: null,
    escalateAssigneeId: null,
  });
  expect(policyId).toBeTruthy();
  clock.advance(61 * minute);
  await turn();
  const open = () => withTenant(tenant, (tx) => tx.select().from(alerts).where(eq(alerts.kind, "tickets_late")));
  expect(await open()).toMatchObject([{ data: { tickets: 1 }, resolvedAt: null }]);
  await memberReplied(nadia.ctx, { conversationId });
  await watchLateTickets(job);
  expect((await open())[0]?.resolvedAt).toEqual(clock.now());
});

it("tells again of the next message that waits, not of the one that was answered in time", async () => {
  const { clock, nadia, conversationId, turn, read, job } = await shop();
  clock.advance(30 * minute);
  await memberReplied(nadia.ctx, { conversationId });
  expect((await read()).slaClocks?.first_response).toMatchObject({ met: clock.now().getTime(), used: 30 * minute });
  clock.advance(60 * minute);
  expect(await turn()).toBe(0);
  await customerReplied(job, { conversationIds: [conversationId], previews: new Map() });
  expect((await read()).nextResponseDueAt).toEqual(new Date(clock.now().getTime() + 60 * minute));
  clock.advance(60 * minute);
  expect(await turn()).toBe(1);
  expect((await read()).slaClocks?.next_response).toMatchObject({ breached: true });
});

it("takes a batch in with one statement more, however many tickets it moves or opens", async () => {
  const { tenant, conversationId, job } = await shop();
  const more = await Promise.all(Array.from({ length: 8 }, () => createConversation(tenant)));
  const wanted = more.map((one) => ({
    conversationId: one.conversationId,
    customerId: one.customerId,
    channelType: "whatsapp",
    subject: "Bonjour",
  }));
  const opening = await statementsOf(() => openTickets(job, wanted));
  expect(opening.filter(({ query }) => query.includes("sla_policies"))).toHaveLength(1);
  expect(opening.filter(({ query }) => query.includes("insert into tickets"))).toHaveLength(1);
  const conversationIds = [conversationId, ...more.map((one) => one.conversationId)];
  const writing = await statementsOf(() => customerReplied(job, { conversationIds, previews: new Map() }));
  expect(writing).toHaveLength(2);
  expect(
    await statementsOf(() => customerReplied(job, { conversationIds: [tenant.tenantId], previews: new Map() })),
  ).toHaveLength(1);
});

it("finds what is due across businesses from its index alone", async () => {
  const { tenant, job, ticketId, clock } = await shop();
  await withTenant(tenant, (tx) =>
    tx.raw.unsafe(
      `insert into tickets (tenant_id, id, number, subject, sla_watch_at, status)
       select $1, gen_random_uuid(), 100 + n, 'x', case when n % 50 = 0 then now() + n * interval '1 hour' end, 'closed'
         from generate_series(1, 6000) n`,
      [tenant.tenantId],
    ),
  );
  await database.owner.unsafe("vacuum analyze tickets");
  const plan = await database.owner.unsafe<{ "QUERY PLAN": string }[]>(
    `explain select ticket.tenant_id, ticket.id from tickets ticket
      where ticket.sla_watch_at is not null and ticket.sla_watch_at <= now() order by ticket.sla_watch_at limit 500`,
  );
  expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).toMatch(/tickets_sla_watch/);

  clock.advance(40 * minute);
  const asked = await statementsOf(() => watchDeadlines(job, [ticketId]));
  const locking = asked.find(({ query }) => query.includes("skip locked"))!;
  for (const mode of ["custom", "generic"] as const) {
    const scans = await scansOf(tenant, locking, mode);
    expect(scans.map(({ table, index }) => [table, index])).toEqual([["tickets", "tickets_tenant_id_id_pk"]]);
  }
});
