import { asc, eq } from "drizzle-orm";
import { ticketTemplates } from "#db/schema/ticket-forms.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { auditList, refuseName } from "./one-list.ts";
import { readFieldValues, withFieldValues } from "./read-field-values.ts";
import { readTicketForm } from "./read-ticket-form.ts";
import { requireCategory } from "./require-category.ts";
import type { CreateTemplateInput, TemplateRef, UpdateTemplateInput } from "./schemas.ts";
import { createTemplateInput, updateTemplateInput } from "./schemas.ts";

export type TicketTemplate = Omit<typeof ticketTemplates.$inferSelect, "tenantId" | "createdAt" | "updatedAt">;

/** What new tickets may begin with, by name. */
export async function listTicketTemplates(ctx: Ctx): Promise<TicketTemplate[]> {
  const { id, name, subject, description, categoryId, priority, fields } = ticketTemplates;
  return withTenant(ctx, (tx) =>
    tx
      .select({ id, name, subject, description, categoryId, priority, fields })
      .from(ticketTemplates)
      .orderBy(asc(name), asc(id)),
  );
}

export async function createTicketTemplate(ctx: Ctx, input: CreateTemplateInput): Promise<{ templateId: string }> {
  const wanted = createTemplateInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseName(tx, "ticket_template", wanted.name, null);
    await tx.insert(ticketTemplates).values({ tenantId: ctx.tenantId, id, ...(await checked({ ...ctx, tx }, wanted)) });
    await auditList({ ...ctx, tx }, "ticket_template", "create", id, { name: wanted.name });
    return { templateId: id };
  });
}

export async function updateTicketTemplate(ctx: Ctx, input: UpdateTemplateInput): Promise<void> {
  const { templateId, ...wanted } = updateTemplateInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await refuseName(tx, "ticket_template", wanted.name, templateId);
    const [row] = await tx
      .update(ticketTemplates)
      .set({ ...(await checked({ ...ctx, tx }, wanted)), updatedAt: ctx.clock.now() })
      .where(eq(ticketTemplates.id, templateId))
      .returning({ id: ticketTemplates.id });
    if (!row) throw notFound();
    await auditList({ ...ctx, tx }, "ticket_template", "update", templateId, { name: wanted.name });
  });
}

export async function deleteTicketTemplate(ctx: Ctx, { templateId }: TemplateRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .delete(ticketTemplates)
      .where(eq(ticketTemplates.id, templateId))
      .returning({ name: ticketTemplates.name });
    if (!row) throw notFound();
    await auditList({ ...ctx, tx }, "ticket_template", "delete", templateId, row);
  });
}

/** The template with values that its fields take, of a category that there is. */
async function checked(ctx: Ctx, wanted: ReturnType<typeof createTemplateInput.parse>) {
  const { categories, fields } = await readTicketForm(ctx);
  if (wanted.categoryId) requireCategory(categories, wanted.categoryId);
  return { ...wanted, fields: withFieldValues({}, readFieldValues(fields, wanted.fields)) };
}
