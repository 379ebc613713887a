import { newId } from "#server/core/ids.ts";
import { macros, ticketCategories, ticketFields, ticketTemplates } from "../schema/ticket-forms.ts";
import type { TicketFieldValues } from "../schema/tickets.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoTicket, DemoTicketForm } from "./shape.ts";

/** Ids by name. */
export interface SeededForm {
  categories: ReadonlyMap<string, string>;
  fields: ReadonlyMap<string, string>;
}

/** The business's categories, fields, templates and macros. */
export async function writeTicketForm(tx: TenantTx, form: DemoTicketForm): Promise<SeededForm> {
  const { tenantId } = tx;
  const categories = new Map(form.categories.map((name) => [name, newId()]));
  const fields = new Map(form.fields.map(({ name }) => [name, newId()]));
  const idOf = (name: string | undefined) => (name ? (categories.get(name) ?? null) : undefined);
  await tx
    .insert(ticketCategories)
    .values(form.categories.map((name, position) => ({ tenantId, id: categories.get(name)!, name, position })));
  await tx
    .insert(ticketFields)
    .values(form.fields.map((field, position) => ({ tenantId, id: fields.get(field.name)!, ...field, position })));
  await tx.insert(ticketTemplates).values(
    form.templates.map(({ category, ...template }) => ({
      tenantId,
      id: newId(),
      ...template,
      categoryId: idOf(category) ?? null,
    })),
  );
  await tx.insert(macros).values(
    form.macros.map(({ name, category, ...actions }, index) => {
      const categoryId = idOf(category);
      return {
        tenantId,
        id: newId(),
        name,
        actions: { ...actions, ...(categoryId ? { categoryId } : {}) },
        usageCount: 18 - index * 7,
      };
    }),
  );
  return { categories, fields };
}

/** A ticket's values by the ids of the fields. */
export function valuesOf({ fields = {} }: DemoTicket, form: SeededForm): TicketFieldValues {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => {
      const id = form.fields.get(name);
      return id ? [[id, value]] : [];
    }),
  );
}
