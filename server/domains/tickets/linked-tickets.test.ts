import { and, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import {
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
  systemCtx,
} from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { ticketEvents, tickets, ticketWatchers } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { fixedClock } from "#server/core/clock.ts";
import { newId } from "#server/core/ids.ts";
import { addTicketNote } from "./add-ticket-note.ts";
import { changeTicket } from "./change-ticket.ts";
import { customerReplied } from "./customer-replied.ts";
import { getTicket } from "./get-ticket.ts";
import { listTickets } from "./list-tickets.ts";
import { memberReplied } from "./member-replied.ts";
import { mergeTicket, undoMerge } from "./merge-tickets.ts";
import { openTicket } from "./open-ticket.ts";
import { reopenTicket, resolveTicket } from "./resolve-ticket.ts";
import { setParent } from "./set-parent.ts";
import { splitTicket } from "./split-ticket.ts";
import { listWatchers, unwatchTicket, watchTicket } from "./watch-ticket.ts";

await testDatabase();
const clock = fixedClock("2026-11-21T09:00:00Z");
const tenant = await createTenant();
const nadia = await createMember(tenant, "agent", { name: "Nadia", clock });
const paul = await createMember(tenant, "agent", { name: "Paul", clock });
const stranger = await createMember(await createTenant(), "owner", { clock });

const read = async (ticketId: string) => {
  const [row] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
  return row!;
};
const lines = async (ticketId: string) => {
  const rows = await withTenant(tenant, (tx) =>
    tx
      .select({ type: ticketEvents.type, data: ticketEvents.data })
      .from(ticketEvents)
      .where(eq(ticketEvents.ticketId, ticketId))
      .orderBy(ticketEvents.id),
  );
  return rows.map(({ type, data }) => [type, data] as const);
};
const audited = async (ticketId: string) => {
  const rows = await withTenant(tenant, (tx) =>
    tx
      .select({ action: auditLog.action })
      .from(auditLog)
      .where(and(eq(auditLog.entityType, "ticket"), eq(auditLog.entityId, ticketId)))
      .orderBy(auditLog.id),
  );
  return rows.map(({ action }) => action);
};
const watchersOf = async (ticketId: string) =>
  (await listWatchers(nadia.ctx, [ticketId])).map(({ userId }) => userId).toSorted();
const { ctx } = nadia;

it("merges: one closes and points to the other, whose page shows its notes; watchers and children follow; undone, all is as it was", async () => {
  const a = await createTicket(tenant, { subject: "Colis cassé", status: "in_progress" });
  const b = await createTicket(tenant, { subject: "Lampe arrivée fendue" });
  const child = await createTicket(tenant, { parentId: a.ticketId });
  await addTicketNote(ctx, { ticketId: a.ticketId, text: "Photo reçue" });
  await watchTicket(ctx, { ticketId: a.ticketId });
  await watchTicket(paul.ctx, { ticketId: b.ticketId });
  const before = await read(a.ticketId);

  await mergeTicket(ctx, { ticketId: a.ticketId, into: b.number });
  expect(await read(a.ticketId)).toMatchObject({ status: "closed", mergedIntoId: b.ticketId, closedAt: clock.now() });
  expect((await read(child.ticketId)).parentId).toBe(b.ticketId);
  expect(await watchersOf(b.ticketId)).toEqual([nadia.userId, paul.userId].toSorted());
  const shown = await getTicket(ctx, { number: b.number });
  expect(shown.events.map(({ type, of }) => [type, of])).toContainEqual(["note", a.number]);
  expect(shown.relations.map(({ relation, number }) => [relation, number])).toEqual([
    ["child", child.number],
    ["merged", a.number],
  ]);
  expect((await getTicket(ctx, { number: a.number })).relations.map((one) => one.relation)).toEqual(["merged_into"]);
  const refused = await Promise.allSettled([
    reopenTicket(ctx, { ticketId: a.ticketId }),
    changeTicket(ctx, { ticketId: a.ticketId, status: "open" }),
    resolveTicket(ctx, { ticketId: a.ticketId }),
    mergeTicket(ctx, { ticketId: a.ticketId, into: b.number }),
    setParent(ctx, { ticketId: a.ticketId, parent: null }),
  ]);
  for (const outcome of refused)
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "conflict", reason: "ticket_merged" } });

  await undoMerge(ctx, { ticketId: a.ticketId });
  expect({ ...(await read(a.ticketId)), updatedAt: null }).toEqual({ ...before, updatedAt: null });
  expect((await read(child.ticketId)).parentId).toBe(a.ticketId);
  expect(await watchersOf(b.ticketId)).toEqual([paul.userId]);
  await expect(undoMerge(ctx, { ticketId: a.ticketId })).rejects.toMatchObject({ reason: "not_merged" });
  expect(await lines(a.ticketId)).toEqual([
    ["note", { text: "Photo reçue" }],
    ["merged", { from: "in_progress", into: b.number }],
    ["unmerged", { from: b.number, to: "in_progress" }],
  ]);
  expect(await audited(b.ticketId)).toEqual(["ticket.watch", "ticket.absorbed", "ticket.released"]);
});

it("refuses to merge into itself, a merged ticket, one of its parts, or one that is not there", async () => {
  const [a, b] = [await createTicket(tenant), await createTicket(tenant)];
  const part = await createTicket(tenant, { parentId: a.ticketId });
  const gone = await createTicket(tenant, { status: "closed", mergedIntoId: b.ticketId });
  const reasons = [
    [a.number, "merge_itself"],
    [gone.number, "target_merged"],
    [part.number, "merge_into_part"],
    [999_999, "unknown_ticket"],
  ] as const;
  for (const [into, reason] of reasons) {
    await expect(mergeTicket(ctx, { ticketId: a.ticketId, into })).rejects.toMatchObject({ fields: { into: reason } });
  }
  expect(await lines(a.ticketId)).toEqual([]);
});

it("moves the ticket that goes on when somebody writes in the conversation of a merged one", async () => {
  const { conversationId } = await createConversation(tenant);
  const a = await createTicket(tenant, { conversationId });
  const [b, c] = [await createTicket(tenant), await createTicket(tenant, { preview: "à moi" })];
  await mergeTicket(ctx, { ticketId: a.ticketId, into: b.number });
  await mergeTicket(ctx, { ticketId: b.ticketId, into: c.number });
  await resolveTicket(ctx, { ticketId: c.ticketId });
  await customerReplied(systemCtx(tenant, clock), {
    conversationIds: [conversationId],
    previews: new Map([[conversationId, "Toujours cassé"]]),
  });
  expect(await read(a.ticketId)).toMatchObject({ status: "closed" });
  expect(await read(b.ticketId)).toMatchObject({ status: "closed" });
  // The words stay with their own customer.
  expect(await read(c.ticketId)).toMatchObject({ status: "open", preview: "à moi", reopenedCount: 1 });
  await memberReplied(ctx, { conversationId });
  expect((await read(c.ticketId)).firstResponseAt).toEqual(clock.now());
});

it("splits a message or a note off, linked both ways, of the words' own customer", async () => {
  const customer = await createCustomer(tenant);
  const conversation = await createConversation(tenant, { customer });
  const { messageId } = await createMessage(conversation, { text: "Et avez-vous des abat-jour ?" });
  const source = await createTicket(tenant, {
    conversationId: conversation.conversationId,
    customerId: customer.customerId,
    priority: "high",
    assigneeId: paul.userId,
  });
  const { noteId } = await addTicketNote(ctx, { ticketId: source.ticketId, text: "Proposer un rendez-vous" });
  const from = { kind: "message", id: messageId } as const;
  const split = await splitTicket(ctx, { ticketId: source.ticketId, from, subject: "Abat-jour" });
  expect(await read(split.ticketId)).toMatchObject({
    subject: "Abat-jour",
    description: "Et avez-vous des abat-jour ?",
    priority: "high",
    assigneeId: paul.userId,
    splitFromId: source.ticketId,
    customerId: customer.customerId,
    conversationId: conversation.conversationId,
  });
  const noted = await splitTicket(ctx, {
    ticketId: source.ticketId,
    from: { kind: "note", id: noteId },
    subject: "Rendez-vous",
  });
  expect((await read(noted.ticketId)).description).toBe("Proposer un rendez-vous");
  const { relations } = await getTicket(ctx, { number: source.number });
  expect(relations.map(({ relation, number }) => [relation, number])).toEqual([
    ["split", split.number],
    ["split", noted.number],
  ]);
  expect(await audited(source.ticketId)).toEqual(["ticket.note", "ticket.split_off", "ticket.split_off"]);
  // Words of another ticket are not there.
  const other = await createTicket(tenant);
  for (const words of [from, { kind: "note", id: noteId } as const]) {
    await expect(splitTicket(ctx, { ticketId: other.ticketId, from: words, subject: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
  }
});

it("keeps parts without a circle, and resolves the open ones with their whole where that is wanted", async () => {
  const [top, middle, low] = [await createTicket(tenant), await createTicket(tenant), await createTicket(tenant)];
  await setParent(ctx, { ticketId: middle.ticketId, parent: top.number });
  await setParent(ctx, { ticketId: low.ticketId, parent: middle.number });
  for (const [ticketId, parent, reason] of [
    [top.ticketId, low.number, "parent_circle"],
    [top.ticketId, top.number, "parent_itself"],
    [top.ticketId, 999_999, "unknown_ticket"],
  ] as const) {
    await expect(setParent(ctx, { ticketId, parent })).rejects.toMatchObject({ fields: { parent: reason } });
  }
  const opened = await openTicket(ctx, { subject: "Partie", source: "manual", parentNumber: top.number });
  expect(await lines(opened.ticketId)).toMatchObject([["opened", { parent: top.number }]]);
  const closed = await createTicket(tenant, { parentId: top.ticketId, status: "closed" });
  await resolveTicket(ctx, { ticketId: top.ticketId, notes: "Fait", children: true });
  const statuses = await Promise.all(
    [top, middle, opened, closed, low].map(async ({ ticketId }) => (await read(ticketId)).status),
  );
  expect(statuses).toEqual(["resolved", "resolved", "resolved", "closed", "open"]);
  expect((await read(middle.ticketId)).resolutionNotes).toBeNull();
  await setParent(ctx, { ticketId: middle.ticketId, parent: null });
  expect((await lines(middle.ticketId)).map(([type]) => type)).toEqual(["parent", "child_added", "resolved", "parent"]);
});

it("two who make each other a part at the same moment do not make a circle", async () => {
  const [a, b] = [await createTicket(tenant), await createTicket(tenant)];
  const outcomes = await Promise.allSettled([
    setParent(ctx, { ticketId: a.ticketId, parent: b.number }),
    setParent(paul.ctx, { ticketId: b.ticketId, parent: a.number }),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
});

it("shows what a member watches in a view of their own, counted", async () => {
  const shop = await createTenant();
  const [one, other] = [await createMember(shop, "agent", { clock }), await createMember(shop, "agent", { clock })];
  const open = await createTicket(shop, { assigneeId: other.userId });
  const done = await createTicket(shop, { status: "closed" });
  await createTicket(shop);
  for (const { ticketId } of [open, open, done]) await watchTicket(one.ctx, { ticketId });
  const mine = await listTickets(one.ctx, { view: "watched" });
  expect(mine.rows.map((row) => row.number)).toEqual([open.number]);
  expect(mine.counts.watched).toBe(1);
  expect((await listTickets(other.ctx, { view: "watched" })).rows).toEqual([]);
  await unwatchTicket(one.ctx, { ticketId: open.ticketId });
  expect((await listTickets(one.ctx, { view: "watched" })).counts.watched).toBe(0);
});

it("shows and gives another tenant nothing", async () => {
  const [a, b] = [await createTicket(tenant), await createTicket(tenant)];
  const { noteId } = await addTicketNote(ctx, { ticketId: a.ticketId, text: "Note" });
  await watchTicket(ctx, { ticketId: a.ticketId });
  const state = async () => [
    await read(a.ticketId),
    await read(b.ticketId),
    await withTenant(tenant, (tx) => tx.select().from(ticketWatchers).orderBy(ticketWatchers.ticketId)),
  ];
  const before = await state();
  const { ticketId } = a;
  const refused = [
    mergeTicket(stranger.ctx, { ticketId, into: b.number }),
    undoMerge(stranger.ctx, { ticketId }),
    splitTicket(stranger.ctx, { ticketId, from: { kind: "note", id: noteId }, subject: "x" }),
    setParent(stranger.ctx, { ticketId, parent: b.number }),
    watchTicket(stranger.ctx, { ticketId }),
    unwatchTicket(stranger.ctx, { ticketId }),
    splitTicket(ctx, { ticketId: newId(), from: { kind: "note", id: noteId }, subject: "x" }),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  expect(await listWatchers(stranger.ctx, [ticketId])).toEqual([]);
  expect(await state()).toEqual(before);
});
