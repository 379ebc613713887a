import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import {
  createChannel,
  createConversation,
  createCustomer,
  createMember,
  createMessage,
  createTenant,
  createTicket,
} from "#db/factories.ts";
import { messages } from "#db/schema/messages.ts";
import { auditLog, memberships } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { archiveCategory, createCategory } from "#server/domains/ticket-forms/save-category.ts";
import { createField } from "#server/domains/ticket-forms/save-field.ts";
import { previewMacro, runMacro } from "./run-macro.ts";
import { createMacro, deleteMacro, listMacros, updateMacro } from "./save-macro.ts";
import { createMacroInput } from "./schemas.ts";

await testDatabase();

/** A customer who wrote just now (or two days ago, when the window has closed), and the ticket about it. */
async function asked({ wroteAt = new Date() }: { wroteAt?: Date } = {}) {
  const tenant = await createTenant({ name: "Atelier Lumen" });
  const member = await createMember(tenant, "manager", { name: "Nadia" });
  const channel = await createChannel(tenant);
  const customer = await createCustomer(tenant, { displayName: "Inès Delcourt" });
  const conversation = await createConversation(tenant, { channel, customer });
  await createMessage(conversation, { occurredAt: wroteAt });
  const { ticketId, number } = await createTicket(tenant, {
    subject: "Lampe fendue",
    conversationId: conversation.conversationId,
    customerId: customer.customerId,
  });
  const ticket = async () => {
    const [row] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
    return row!;
  };
  const story = async () => {
    const rows = await withTenant(tenant, (tx) =>
      tx
        .select({ type: ticketEvents.type, data: ticketEvents.data })
        .from(ticketEvents)
        .where(eq(ticketEvents.ticketId, ticketId))
        .orderBy(ticketEvents.id),
    );
    return rows.map(({ type }) => type);
  };
  const sent = async () => {
    const rows = await withTenant(tenant, (tx) => tx.select().from(messages).where(eq(messages.direction, "out")));
    return rows.map(({ text }) => text);
  };
  return { tenant, member, ctx: member.ctx, ticketId, number, ticket, story, sent };
}

const key = () => `key-${newId()}`;
const reply =
  "Bonjour {{customer.first_name}}, votre demande n° {{ ticket.number }} avance. {{agent.name}}, {{business.name}}";

it("shows what it will do, does it all in one press, and once for one key", async () => {
  const { ctx, member, ticketId, number, ticket, story, sent } = await asked();
  const { categoryId } = await createCategory(ctx, { name: "SAV" });
  const { fieldId } = await createField(ctx, { name: "Garantie", type: "yes_no" });
  const actions = {
    status: "waiting_customer" as const,
    priority: "high" as const,
    categoryId,
    assignee: "me" as const,
    fields: { [fieldId]: "yes" },
    note: "Photo demandée",
    reply,
  };
  const { macroId } = await createMacro(ctx, { name: "Demander une photo", actions });
  const text = `Bonjour Inès, votre demande n° ${number} avance. Nadia, Atelier Lumen`;
  const preview = await previewMacro(ctx, { macroId, ticketId });
  expect(preview).toMatchObject({
    name: "Demander une photo",
    note: "Photo demandée",
    reply: { text, refusal: null },
    problems: [],
    missing: [],
  });
  expect(preview.changes.map(({ what, from, to }) => [what, from, to])).toEqual([
    ["status", "open", "waiting_customer"],
    ["priority", "medium", "high"],
    ["category", null, "SAV"],
    ["assignee", null, "Nadia"],
    ["field", null, true],
  ]);
  expect(await story()).toEqual([]);

  const idempotencyKey = key();
  await Promise.all([
    runMacro(ctx, { macroId, ticketId, idempotencyKey }),
    runMacro(ctx, { macroId, ticketId, idempotencyKey }),
  ]);
  expect(await ticket()).toMatchObject({
    status: "waiting_customer",
    priority: "high",
    categoryId,
    assigneeId: member.userId,
    fields: { [fieldId]: true },
  });
  expect(await sent()).toEqual([text]);
  expect((await story()).toSorted()).toEqual(
    ["assignee", "category", "field", "macro", "note", "priority", "status"].toSorted(),
  );
  expect((await listMacros(ctx)).map(({ usageCount }) => usageCount)).toEqual([1]);
  // What is so already is left out.
  expect((await previewMacro(ctx, { macroId, ticketId })).changes).toEqual([]);
});

it("says before that the window is closed, changes nothing then, and runs without its reply where that is wanted", async () => {
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  const { ctx, ticketId, ticket, story, sent } = await asked({ wroteAt: twoDaysAgo });
  const { macroId } = await createMacro(ctx, {
    name: "Relancer",
    actions: { status: "in_progress", note: "Vu", reply },
  });
  expect((await previewMacro(ctx, { macroId, ticketId })).reply?.refusal).toBe("window_closed");
  await expect(runMacro(ctx, { macroId, ticketId, idempotencyKey: key() })).rejects.toMatchObject({
    code: "window_closed",
  });
  expect([(await ticket()).status, await story(), await sent()]).toEqual(["open", [], []]);
  await runMacro(ctx, { macroId, ticketId, silent: true, idempotencyKey: key() });
  expect([(await ticket()).status, await sent()]).toEqual(["in_progress", []]);
});

it("names what a ticket lacks to be resolved, and then sends nothing either", async () => {
  const { ctx, ticketId, ticket, sent } = await asked();
  const { fieldId } = await createField(ctx, { name: "Référence", type: "text", required: true });
  const { macroId } = await createMacro(ctx, { name: "Clore", actions: { status: "resolved", reply: "Merci" } });
  expect((await previewMacro(ctx, { macroId, ticketId })).missing).toEqual(["Référence"]);
  await expect(runMacro(ctx, { macroId, ticketId, idempotencyKey: key() })).rejects.toMatchObject({
    fields: { [`field:${fieldId}`]: "required_to_resolve" },
  });
  expect([(await ticket()).status, await sent()]).toEqual(["open", []]);
});

it("leaves out what was archived since, and does not give work to somebody who left", async () => {
  const { tenant, ctx, ticketId, ticket } = await asked();
  const { categoryId } = await createCategory(ctx, { name: "SAV" });
  const gone = await createMember(tenant, "agent", { name: "Zoé" });
  const actions = { categoryId, priority: "low" as const };
  const { macroId } = await createMacro(ctx, { name: "Ranger", actions });
  const given = await createMacro(ctx, { name: "À Zoé", actions: { assignee: gone.userId } });
  await archiveCategory(ctx, { categoryId, archived: true });
  await withTenant(tenant, (tx) =>
    tx.update(memberships).set({ status: "deactivated" }).where(eq(memberships.userId, gone.userId)),
  );
  await runMacro(ctx, { macroId, ticketId, idempotencyKey: key() });
  expect(await ticket()).toMatchObject({ categoryId: null, priority: "low" });
  const toZoe = { macroId: given.macroId, ticketId };
  expect((await previewMacro(ctx, toZoe)).problems).toEqual(["not_active_member"]);
  await expect(runMacro(ctx, { ...toZoe, idempotencyKey: key() })).rejects.toMatchObject({
    reason: "not_active_member",
  });
});

it("is made of at least one thing, with variables that there are; what is wrong stands beside its field", async () => {
  const { ctx } = await asked();
  expect(createMacroInput.safeParse({ name: "Rien", actions: { note: " " } }).success).toBe(false);
  expect(createMacroInput.safeParse({ name: "IBAN", actions: { reply: "{{customer.iban}}" } }).success).toBe(false);
  for (const [actions, fields] of [
    [{ categoryId: newId() }, { categoryId: "unknown_category" }],
    [{ assignee: newId() }, { assigneeId: "not_active_member" }],
  ] as const)
    await expect(createMacro(ctx, { name: "x", actions })).rejects.toMatchObject({ code: "invalid", fields });
  await createMacro(ctx, { name: "Merci", actions: { reply: "Merci" } });
  await expect(createMacro(ctx, { name: "Merci", actions: { reply: "Merci" } })).rejects.toMatchObject({
    fields: { name: "name_used" },
  });
});

it("is changed and removed with a trace, and is another business's never", async () => {
  const { tenant, ctx, ticketId } = await asked();
  const { macroId } = await createMacro(ctx, { name: "Merci", actions: { reply: "Merci" } });
  const stranger = await asked();
  const refused = [
    previewMacro(stranger.ctx, { macroId, ticketId }),
    previewMacro(stranger.ctx, { macroId, ticketId: stranger.ticketId }),
    runMacro(stranger.ctx, { macroId, ticketId, idempotencyKey: key() }),
    runMacro(ctx, { macroId, ticketId: stranger.ticketId, idempotencyKey: key() }),
    updateMacro(stranger.ctx, { macroId, name: "x", actions: { note: "x" } }),
    deleteMacro(stranger.ctx, { macroId }),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  expect(await listMacros(stranger.ctx)).toEqual([]);
  await updateMacro(ctx, { macroId, name: "Merci bien", actions: { note: "x" } });
  expect(await listMacros(ctx)).toMatchObject([{ name: "Merci bien", actions: { note: "x" } }]);
  await deleteMacro(ctx, { macroId });
  const rows = await withTenant(tenant, (tx) =>
    tx.select().from(auditLog).where(eq(auditLog.entityId, macroId)).orderBy(auditLog.id),
  );
  expect(rows.map(({ action }) => action)).toEqual(["macro.create", "macro.update", "macro.delete"]);
});
