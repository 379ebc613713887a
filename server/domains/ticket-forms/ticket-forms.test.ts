import { desc, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createMember, createTenant, createTicket } from "#db/factories.ts";
import { auditLog } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import { testDatabase } from "#db/testing.ts";
import { newId } from "#server/core/ids.ts";
import { changeTicket } from "#server/domains/tickets/change-ticket.ts";
import { closeTicket, resolveTicket } from "#server/domains/tickets/resolve-ticket.ts";
import { listTickets } from "#server/domains/tickets/list-tickets.ts";
import { openTicket } from "#server/domains/tickets/open-ticket.ts";
import { readFieldValues } from "./read-field-values.ts";
import { readTicketForm, type TicketField } from "./read-ticket-form.ts";
import { archiveCategory, createCategory, moveCategory, renameCategory } from "./save-category.ts";
import { archiveField, createField, moveField, updateField } from "./save-field.ts";
import { createFieldInput } from "./schemas.ts";
import { createTicketTemplate, deleteTicketTemplate, listTicketTemplates, updateTicketTemplate } from "./templates.ts";

await testDatabase();

const opened = async () => {
  const tenant = await createTenant();
  const { ctx, userId } = await createMember(tenant, "manager", { name: "Yanis" });
  const rows = <T>(statement: string) => withTenant(tenant, (tx) => tx.raw.unsafe<(T & object)[]>(statement));
  const audited = () =>
    withTenant(tenant, (tx) =>
      tx.select({ action: auditLog.action, by: auditLog.actorId }).from(auditLog).orderBy(auditLog.id),
    );
  const last = async (ticketId: string) => {
    const [line] = await withTenant(tenant, (tx) =>
      tx
        .select({ type: ticketEvents.type, data: ticketEvents.data })
        .from(ticketEvents)
        .where(eq(ticketEvents.ticketId, ticketId))
        .orderBy(desc(ticketEvents.id))
        .limit(1),
    );
    return line;
  };
  return { tenant, ctx, userId, rows, audited, last };
};

describe("categories", () => {
  it("are kept in an order, renamed everywhere, archived and restored; each change leaves a trace", async () => {
    const { tenant, ctx, userId, audited, last } = await opened();
    const [a, b, c] = [
      await createCategory(ctx, { name: "SAV" }),
      await createCategory(ctx, { name: "Devis" }),
      await createCategory(ctx, { name: "Pose" }),
    ];
    await moveCategory(ctx, { categoryId: c.categoryId, up: true });
    await moveCategory(ctx, { categoryId: a.categoryId, up: true });
    const names = async () => (await readTicketForm(ctx)).categories.map((one) => [one.name, one.archivedAt !== null]);
    expect(await names()).toEqual([
      ["SAV", false],
      ["Pose", false],
      ["Devis", false],
    ]);
    const { ticketId } = await createTicket(tenant);
    await changeTicket(ctx, { ticketId, categoryId: b.categoryId });
    expect(await last(ticketId)).toEqual({ type: "category", data: { from: null, to: "Devis" } });
    await renameCategory(ctx, { categoryId: b.categoryId, name: "Devis et études" });
    await archiveCategory(ctx, { categoryId: b.categoryId, archived: true });
    expect((await names()).at(-1)).toEqual(["Devis et études", true]);
    // It stays where it is, and is chosen no more.
    const other = await createTicket(tenant);
    await expect(changeTicket(ctx, { ticketId: other.ticketId, categoryId: b.categoryId })).rejects.toMatchObject({
      fields: { categoryId: "unknown_category" },
    });
    const { rows } = await listTickets(ctx, { view: "all", categoryId: b.categoryId });
    expect(rows.map((row) => row.id)).toEqual([ticketId]);
    await archiveCategory(ctx, { categoryId: b.categoryId, archived: false });
    await changeTicket(ctx, { ticketId, categoryId: null });
    expect(await last(ticketId)).toEqual({ type: "category", data: { from: "Devis et études", to: null } });
    const traces = (await audited()).filter(({ action }) => action.startsWith("ticket_category"));
    expect(new Set(traces.map(({ by }) => by))).toEqual(new Set([userId]));
    expect(traces.map(({ action }) => action.split(".")[1])).toEqual([
      "create",
      "create",
      "create",
      "move",
      "move",
      "update",
      "archive",
      "restore",
    ]);
  });

  it("have each a name of their own", async () => {
    const { ctx } = await opened();
    await createCategory(ctx, { name: "SAV" });
    const { categoryId } = await createCategory(ctx, { name: "Devis" });
    for (const refused of [
      () => createCategory(ctx, { name: "SAV" }),
      () => renameCategory(ctx, { categoryId, name: "SAV" }),
    ])
      await expect(refused()).rejects.toMatchObject({ code: "conflict", fields: { name: "name_used" } });
  });
});

const definition = (type: TicketField["type"], rest: Partial<TicketField> = {}): TicketField => ({
  id: newId(),
  name: type,
  type,
  choices: [],
  required: false,
  archivedAt: null,
  ...rest,
});

describe("values of a business's own fields", () => {
  const choice = definition("choice", { choices: ["Chêne", "Frêne"] });
  const fields = [definition("text"), definition("number"), definition("date"), choice, definition("yes_no")];
  const [text, number, date, , yesNo] = fields.map((field) => field.id) as [string, string, string, string, string];

  it.each([
    [text, "  SU-3B ", "SU-3B"],
    [text, "", null],
    [number, "1 250,50", 1250.5],
    [number, 3, 3],
    [date, "2026-11-21", "2026-11-21"],
    [date, "", null],
    [choice.id, "Frêne", "Frêne"],
    [yesNo, "yes", true],
    [yesNo, false, false],
    [yesNo, null, null],
  ])("%s: %j is %j", (id, given, read) => {
    expect(readFieldValues(fields, { [id]: given }, { [id]: "avant" })).toEqual({ [id]: read });
  });

  it.each([
    [number, "douze", "invalid_number"],
    [date, "2026-02-30", "invalid_date"],
    [date, "21/11/2026", "invalid_date"],
    [choice.id, "Sapin", "not_a_choice"],
    [yesNo, "peut-être", "not_a_choice"],
    [text, "x".repeat(1_001), "too_long"],
    [newId(), "x", "unknown_field"],
  ])("%s: %j is refused as %s", (id, given, reason) => {
    expect(() => readFieldValues(fields, { [id]: given })).toThrow(
      expect.objectContaining({ code: "invalid", fields: { [`field:${id}`]: reason } }),
    );
  });

  it("that a ticket has already stay, though their choice went", () => {
    expect(readFieldValues(fields, { [choice.id]: "Noyer" }, { [choice.id]: "Noyer" })).toEqual({});
  });
});

describe("fields", () => {
  it("are asked for on a ticket, changed in its timeline, and required to resolve it", async () => {
    const { tenant, ctx, last, audited } = await opened();
    const { fieldId } = await createField(ctx, { name: "Référence", type: "text", required: true });
    const wood = await createField(ctx, { name: "Bois", type: "choice", choices: ["Chêne", "Frêne", "Chêne"] });
    await moveField(ctx, { fieldId: wood.fieldId, up: true });
    expect((await readTicketForm(ctx)).fields.map(({ name, choices }) => [name, choices])).toEqual([
      ["Bois", ["Chêne", "Frêne"]],
      ["Référence", []],
    ]);
    const { ticketId } = await openTicket(ctx, {
      subject: "Lampe",
      source: "manual",
      fields: { [wood.fieldId]: "Chêne" },
    });
    await changeTicket(ctx, { ticketId, fields: { [wood.fieldId]: "Frêne" } });
    expect(await last(ticketId)).toEqual({
      type: "field",
      data: { fieldId: wood.fieldId, field: "Bois", kind: "choice", from: "Chêne", to: "Frêne" },
    });
    const missing = { code: "invalid", fields: { [`field:${fieldId}`]: "required_to_resolve" } };
    await expect(resolveTicket(ctx, { ticketId })).rejects.toMatchObject(missing);
    await expect(changeTicket(ctx, { ticketId, status: "resolved" })).rejects.toMatchObject(missing);
    await resolveTicket(ctx, { ticketId, notes: "Réparée", fields: { [fieldId]: "SU-3B" } });
    const [row] = await withTenant(tenant, (tx) => tx.select().from(tickets).where(eq(tickets.id, ticketId)));
    expect(row).toMatchObject({ status: "resolved", fields: { [wood.fieldId]: "Frêne", [fieldId]: "SU-3B" } });
    // Children that lack it are not resolved with their whole: all, or none.
    const parent = await createTicket(tenant, { fields: { [fieldId]: "SU-4" } });
    await createTicket(tenant, { parentId: parent.ticketId });
    await expect(resolveTicket(ctx, { ticketId: parent.ticketId, children: true })).rejects.toMatchObject({
      reason: "fields_required",
    });
    // Doubles and spam are closed without an answer; an archived field is asked for no more.
    const spam = await createTicket(tenant);
    await closeTicket(ctx, { ticketId: spam.ticketId });
    await archiveField(ctx, { fieldId, archived: true });
    await resolveTicket(ctx, { ticketId: parent.ticketId, children: true });
    await expect(changeTicket(ctx, { ticketId, fields: { [fieldId]: "autre" } })).rejects.toMatchObject({
      fields: { [`field:${fieldId}`]: "unknown_field" },
    });
    await updateField(ctx, { fieldId: wood.fieldId, name: "Essence", choices: ["Noyer", "Hêtre"], required: true });
    const kept = ["create", "create", "move", "archive", "update"].map((verb) => `ticket_field.${verb}`);
    expect((await audited()).map(({ action }) => action).filter((one) => one.startsWith("ticket_field"))).toEqual(kept);
  });

  it("that are a choice have two at least", async () => {
    const { ctx } = await opened();
    expect(createFieldInput.safeParse({ name: "Bois", type: "choice", choices: ["Chêne"] }).success).toBe(false);
    const { fieldId } = await createField(ctx, { name: "Bois", type: "choice", choices: ["Chêne", "Frêne"] });
    await expect(updateField(ctx, { fieldId, name: "Bois", choices: [] })).rejects.toMatchObject({
      fields: { choices: "two_choices" },
    });
  });
});

it("templates are made, changed and removed, with values that the fields take", async () => {
  const { ctx, audited } = await opened();
  const { categoryId } = await createCategory(ctx, { name: "Atelier" });
  const { fieldId } = await createField(ctx, { name: "Pièces", type: "number" });
  const wanted = { name: "Réparation", subject: "Réparation : ", categoryId, fields: { [fieldId]: "2" } };
  const { templateId } = await createTicketTemplate(ctx, wanted);
  expect(await listTicketTemplates(ctx)).toEqual([
    expect.objectContaining({ id: templateId, subject: "Réparation :", categoryId, fields: { [fieldId]: 2 } }),
  ]);
  await expect(createTicketTemplate(ctx, wanted)).rejects.toMatchObject({ fields: { name: "name_used" } });
  await expect(
    updateTicketTemplate(ctx, { ...wanted, templateId, fields: { [fieldId]: "deux" } }),
  ).rejects.toMatchObject({ fields: { [`field:${fieldId}`]: "invalid_number" } });
  await updateTicketTemplate(ctx, { ...wanted, templateId, priority: "high" });
  await deleteTicketTemplate(ctx, { templateId });
  expect(await listTicketTemplates(ctx)).toEqual([]);
  expect((await audited()).map(({ action }) => action).filter((one) => one.startsWith("ticket_template"))).toEqual([
    "ticket_template.create",
    "ticket_template.update",
    "ticket_template.delete",
  ]);
});

it("belong to one business", async () => {
  const { ctx } = await opened();
  const { categoryId } = await createCategory(ctx, { name: "SAV" });
  const { fieldId } = await createField(ctx, { name: "Référence", type: "text" });
  const { templateId } = await createTicketTemplate(ctx, { name: "Réparation" });
  const stranger = await opened();
  expect(await readTicketForm(stranger.ctx)).toEqual({ categories: [], fields: [] });
  expect(await listTicketTemplates(stranger.ctx)).toEqual([]);
  const refused = [
    renameCategory(stranger.ctx, { categoryId, name: "x" }),
    archiveCategory(stranger.ctx, { categoryId, archived: true }),
    moveCategory(stranger.ctx, { categoryId, up: true }),
    updateField(stranger.ctx, { fieldId, name: "x" }),
    archiveField(stranger.ctx, { fieldId, archived: true }),
    moveField(stranger.ctx, { fieldId, up: true }),
    updateTicketTemplate(stranger.ctx, { templateId, name: "x" }),
    deleteTicketTemplate(stranger.ctx, { templateId }),
  ];
  for (const outcome of await Promise.allSettled(refused))
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "not_found" } });
  const { ticketId } = await createTicket(stranger.tenant);
  await expect(changeTicket(stranger.ctx, { ticketId, categoryId })).rejects.toMatchObject({
    fields: { categoryId: "unknown_category" },
  });
  await expect(changeTicket(stranger.ctx, { ticketId, fields: { [fieldId]: "x" } })).rejects.toMatchObject({
    fields: { [`field:${fieldId}`]: "unknown_field" },
  });
});
