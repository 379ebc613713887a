import { asc, eq } from "drizzle-orm";
import { macros, type MacroActions } from "#db/schema/ticket-forms.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import {
  auditList,
  readFieldValues,
  readTicketForm,
  refuseName,
  requireCategory,
  withFieldValues,
} from "#server/domains/ticket-forms/index.ts";
import type { CreateMacroInput, MacroRef, UpdateMacroInput } from "./schemas.ts";
import { createMacroInput, updateMacroInput } from "./schemas.ts";

export type Macro = Pick<typeof macros.$inferSelect, "id" | "name" | "actions" | "usageCount">;

/** The business's macros, by name. */
export async function listMacros(ctx: Ctx): Promise<Macro[]> {
  const { id, name, actions, usageCount } = macros;
  return withTenant(ctx, (tx) => tx.select({ id, name, actions, usageCount }).from(macros).orderBy(asc(name), asc(id)));
}

/** A name in use, a value that no field takes, and who is no member are refused beside their fields. */
export async function createMacro(ctx: Ctx, input: CreateMacroInput): Promise<{ macroId: string }> {
  const { name, actions } = createMacroInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseName(tx, "macro", name, null);
    const kept = await checked(ctx, tx, actions);
    await tx.insert(macros).values({ tenantId: ctx.tenantId, id, name, actions: kept });
    await auditList({ ...ctx, tx }, "macro", "create", id, { name, does: Object.keys(kept) });
    return { macroId: id };
  });
}

export async function updateMacro(ctx: Ctx, input: UpdateMacroInput): Promise<void> {
  const { macroId, name, actions } = updateMacroInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await refuseName(tx, "macro", name, macroId);
    const kept = await checked(ctx, tx, actions);
    const [row] = await tx
      .update(macros)
      .set({ name, actions: kept, updatedAt: ctx.clock.now() })
      .where(eq(macros.id, macroId))
      .returning({ id: macros.id });
    if (!row) throw notFound();
    await auditList({ ...ctx, tx }, "macro", "update", macroId, { name, does: Object.keys(kept) });
  });
}

export async function deleteMacro(ctx: Ctx, { macroId }: MacroRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx.delete(macros).where(eq(macros.id, macroId)).returning({ name: macros.name });
    if (!row) throw notFound();
    await auditList({ ...ctx, tx }, "macro", "delete", macroId, row);
  });
}

type Given = ReturnType<typeof createMacroInput.parse>["actions"];

/** The actions as they are kept: what is not part of the macro is not there. */
async function checked(ctx: Ctx, tx: TenantTx, { fields, ...given }: Given): Promise<MacroActions> {
  const form = await readTicketForm({ ...ctx, tx });
  if (given.categoryId) requireCategory(form.categories, given.categoryId);
  if (given.assignee && given.assignee !== "me" && given.assignee !== "none")
    await requireAssignee(ctx, tx, given.assignee);
  const values = withFieldValues({}, readFieldValues(form.fields, fields ?? {}));
  const kept: MacroActions = { ...given, ...(Object.keys(values).length > 0 ? { fields: values } : {}) };
  return Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== undefined));
}
