import { and, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import {
  createConversation,
  createCustomer,
  createMember,
  createTenant,
  createTicket,
  readCustomer,
  systemCtx,
} from "#db/factories.ts";
import { auditLog, memberships } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { statementsOf } from "#db/testing-statements.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { addTicketNote } from "./add-ticket-note.ts";
import { assignTicket } from "./assign-ticket.ts";
import { changeTicket } from "./change-ticket.ts";
import { customerReplied } from "./customer-replied.ts";
import { getTicket } from "./get-ticket.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import { memberReplied } from "./member-replied.ts";
import { nextTicket } from "./next-ticket.ts";
import { openTicket } from "./open-ticket.ts";
import { closeTicket, reopenTicket, resolveTicket } from "./resolve-ticket.ts";
import type { StartBulkInput } from "./schemas.ts";
import { startBulk } from "./start-bulk.ts";

await testDatabase();
const clock = fixedClock("2026-11-21T09:00:00Z");
const tenant = await createTenant();
const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
const paul = await createMember(tenant, "agent", { name: "Paul", clock });
const elsewhere = await createTenant();
const stranger = await createMember(elsewhere, "owner", { clock });

const read = async (ticketId: string) => {
  const [row] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
  return row;
};
const timeline = (ticketId: string) =>
  withTenant(tenant, (tx) =>
    tx.select().from(ticketEvents).where(eq(ticketEvents.ticketId, ticketId)).orderBy(ticketEvents.id),
  );
const audited = async (ticketId: string) => {
  const rows = await withTenant(tenant, (tx) =>
    tx
      .select()
      .from(auditLog)
      .where(and(eq(auditLog.entityType, "ticket"), eq(auditLog.entityId, ticketId)))
      .orderBy(auditLog.id),
  );
  return rows.map((row) => row.action);
};

it("numbers tickets without a gap, also when many open at once", async () => {
  const shop = await createTenant();
  const opened = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      openTicket(systemCtx(shop), { subject: `Lampe ${index}`, source: "rule" }),
    ),
  );
  expect(opened.map((ticket) => ticket.number).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
});

it("opens from a conversation with its customer, channel and words, counted on the customer", async () => {
  const customer = await createCustomer(tenant);
  const conversation = await createConversation(tenant, { customer, lastMessagePreview: "Le pied est fendu" });
  const { ticketId, number } = await openTicket(nadia.ctx, {
    subject: "Colis cassé",
    conversationId: conversation.conversationId,
    priority: "urgent",
    source: "manual",
  });
  expect(await read(ticketId)).toMatchObject({
    number,
    customerId: customer.customerId,
    channelType: "whatsapp",
    preview: "Le pied est fendu",
    priority: "urgent",
    createdBy: nadia.userId,
    createdAt: clock.now(),
  });
  expect((await readCustomer(customer)).totalTickets).toBe(1);
  expect(await audited(ticketId)).toEqual(["ticket.opened"]);
  const detail = await getTicket(nadia.ctx, { number });
  expect(detail.customer?.name).toBe(customer.name);
  expect(detail.conversation).toEqual({ id: conversation.conversationId, status: "open" });
  expect(detail.events.map((event) => [event.type, event.actorName])).toEqual([["opened", "Nadia"]]);
});

it("writes a timeline line and an audit row for each change, none for what stays", async () => {
  const { ticketId } = await createTicket(tenant, { subject: "Devis" });
  await changeTicket(nadia.ctx, {
    ticketId,
    subject: "Devis pour un atelier",
    priority: "high",
    status: "in_progress",
  });
  await changeTicket(nadia.ctx, { ticketId, priority: "high", status: "in_progress" });
  await assignTicket(nadia.ctx, { ticketId, assigneeId: paul.userId });
  await addTicketNote(nadia.ctx, { ticketId, text: "Rappeler après 14 h" });
  const events = await timeline(ticketId);
  expect(events.map(({ type, data }) => ({ type, data }))).toEqual([
    { type: "subject", data: { from: "Devis", to: "Devis pour un atelier" } },
    { type: "priority", data: { from: "medium", to: "high" } },
    { type: "status", data: { from: "open", to: "in_progress" } },
    { type: "assignee", data: { from: null, to: paul.userId } },
    { type: "note", data: { text: "Rappeler après 14 h" } },
  ]);
  expect(await audited(ticketId)).toEqual(events.map((event) => `ticket.${event.type}`));
  expect(await read(ticketId)).toMatchObject({ assigneeId: paul.userId, assignedAt: clock.now(), priorityRank: 2 });
});

it("resolves with notes and times, closes, and reopens with a count", async () => {
  const { ticketId } = await createTicket(tenant);
  await resolveTicket(nadia.ctx, { ticketId, notes: "Échange envoyé" });
  expect(await read(ticketId)).toMatchObject({
    status: "resolved",
    resolutionNotes: "Échange envoyé",
    resolvedAt: clock.now(),
    resolvedBy: nadia.userId,
  });
  await closeTicket(nadia.ctx, { ticketId });
  expect(await read(ticketId)).toMatchObject({ status: "closed", closedAt: clock.now() });
  await reopenTicket(nadia.ctx, { ticketId });
  await reopenTicket(nadia.ctx, { ticketId });
  expect(await read(ticketId)).toMatchObject({
    status: "open",
    resolvedAt: null,
    closedAt: null,
    reopenedCount: 1,
    resolutionNotes: "Échange envoyé",
  });
  expect((await timeline(ticketId)).map((event) => event.type)).toEqual(["resolved", "closed", "reopened"]);
});

it("gives work to active members only", async () => {
  const { ticketId } = await createTicket(tenant);
  const gone = await createMember(tenant, "agent", { name: "Zoé" });
  await withTenant(tenant, (tx) =>
    tx.update(memberships).set({ status: "deactivated" }).where(eq(memberships.userId, gone.userId)),
  );
  for (const assigneeId of [gone.userId, stranger.userId, newId()]) {
    await expect(assignTicket(nadia.ctx, { ticketId, assigneeId })).rejects.toMatchObject({
      code: "invalid",
      fields: { assigneeId: "not_active_member" },
    });
    await expect(startBulk(nadia.ctx, { target: { ids: [ticketId] }, change: { assigneeId } })).rejects.toMatchObject({
      code: "invalid",
    });
  }
  expect((await listAssignees(nadia.ctx)).map((member) => member.name)).toEqual(["Nadia", "Paul"]);
  expect(await timeline(ticketId)).toEqual([]);
});

it("changes several at once, or none when one is not there", async () => {
  const made = await Promise.all([
    createTicket(tenant),
    createTicket(tenant),
    createTicket(tenant, { status: "in_progress" }),
  ]);
  const ticketIds = made.map((ticket) => ticket.ticketId);
  const bulk = (change: StartBulkInput["change"], ids = ticketIds) => startBulk(nadia.ctx, { target: { ids }, change });
  expect(await bulk({ status: "in_progress" })).toMatchObject({ changed: 2, unchanged: 1 });
  expect(await bulk({ assigneeId: nadia.userId, priority: "low" })).toMatchObject({ changed: 3 });
  await expect(bulk({ status: "closed" }, [...ticketIds, newId()])).rejects.toMatchObject({ code: "not_found" });
  expect(await Promise.all(ticketIds.map(async (id) => (await read(id))?.status))).toEqual([
    "in_progress",
    "in_progress",
    "in_progress",
  ]);
});

it("lets a customer's reply reopen what was resolved or waiting, never what was closed", async () => {
  const conversation = await createConversation(tenant);
  const { conversationId } = conversation;
  const made = await Promise.all(
    (["resolved", "waiting_customer", "in_progress", "closed"] as const).map((status) =>
      createTicket(tenant, { status, conversationId, preview: "avant" }),
    ),
  );
  clock.advance(60_000);
  await customerReplied(systemCtx(tenant, clock), {
    conversationIds: [conversationId],
    previews: new Map([[conversationId, "Toujours cassé"]]),
  });
  const rows = await Promise.all(made.map((ticket) => read(ticket.ticketId)));
  expect(rows.map((row) => [row?.status, row?.preview, row?.reopenedCount])).toEqual([
    ["open", "Toujours cassé", 1],
    ["open", "Toujours cassé", 0],
    ["in_progress", "Toujours cassé", 0],
    ["closed", "avant", 0],
  ]);
  expect(rows[0]?.updatedAt).toEqual(clock.now());
  const lines = await Promise.all(made.map((ticket) => timeline(ticket.ticketId)));
  expect(lines.map((line) => line.map((event) => event.type))).toEqual([
    ["customer_replied"],
    ["customer_replied"],
    [],
    [],
  ]);
});

it("remembers a member's first answer, not the ones of a rule or to what is done", async () => {
  const { conversationId } = await createConversation(tenant);
  const waiting = await createTicket(tenant, { conversationId, status: "waiting_customer" });
  const done = await createTicket(tenant, { conversationId, status: "resolved" });
  await memberReplied(systemCtx(tenant, clock), { conversationId });
  expect((await read(waiting.ticketId))?.firstResponseAt).toBeNull();
  const first = clock.now();
  await memberReplied(nadia.ctx, { conversationId });
  clock.advance(60_000);
  await memberReplied(nadia.ctx, { conversationId });
  expect(await read(waiting.ticketId)).toMatchObject({
    firstResponseAt: first,
    updatedAt: clock.now(),
    status: "waiting_customer",
  });
  expect((await read(done.ticketId))?.firstResponseAt).toBeNull();
});

it("proposes one's own most urgent ticket, then nobody's", async () => {
  const shop = await createTenant();
  const agent = await createMember(shop);
  const free = await createTicket(shop, { priority: "urgent" });
  const own = await createTicket(shop, { assigneeId: agent.userId, priority: "low" });
  await createTicket(shop, { assigneeId: agent.userId, status: "waiting_customer", priority: "urgent" });
  expect(await nextTicket(agent.ctx, { after: 999 })).toEqual({ number: own.number });
  expect(await nextTicket(agent.ctx, { after: own.number })).toEqual({ number: free.number });
  await startBulk(agent.ctx, { target: { ids: [free.ticketId, own.ticketId] }, change: { status: "closed" } });
  expect(await nextTicket(agent.ctx, { after: own.number })).toBeNull();
});

it("asks eight times in one go for the page, however long its story", async () => {
  const { ticketId, number } = await createTicket(tenant);
  for (const text of ["un", "deux", "trois"]) await addTicketNote(nadia.ctx, { ticketId, text });
  expect(await statementsOf(() => getTicket(nadia.ctx, { number }))).toHaveLength(8);
});

it("shows and gives another tenant nothing", async () => {
  const customer = await createCustomer(tenant);
  const conversation = await createConversation(tenant, { customer });
  const { ticketId } = await createTicket(tenant, {
    customerId: customer.customerId,
    conversationId: conversation.conversationId,
  });
  const before = await read(ticketId);
  const { ctx } = stranger;
  const refused = [
    getTicket(ctx, { number: before?.number ?? 0 }),
    changeTicket(ctx, { ticketId, status: "closed" }),
    startBulk(ctx, { target: { ids: [ticketId] }, change: { priority: "low" } }),
    assignTicket(ctx, { ticketId, assigneeId: stranger.userId }),
    resolveTicket(ctx, { ticketId }),
    closeTicket(ctx, { ticketId }),
    reopenTicket(ctx, { ticketId }),
    addTicketNote(ctx, { ticketId, text: "bonjour" }),
    openTicket(ctx, { subject: "x", customerId: customer.customerId, source: "manual" }),
    openTicket(ctx, { subject: "x", conversationId: conversation.conversationId, source: "manual" }),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  await customerReplied(ctx, { conversationIds: [conversation.conversationId], previews: new Map() });
  expect(await nextTicket(ctx, { after: 1_000_000 })).toBeNull();
  expect((await listAssignees(ctx)).map((member) => member.userId)).toEqual([stranger.userId]);
  expect(await read(ticketId)).toEqual(before);
  expect(await timeline(ticketId)).toEqual([]);
});
