import { eq, sql } from "drizzle-orm";
import { ticketCategories } from "#db/schema/ticket-forms.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { auditList, moveInList, refuseName } from "./one-list.ts";
import type { ArchiveCategoryInput, CreateCategoryInput, MoveCategoryInput, RenameCategoryInput } from "./schemas.ts";
import { createCategoryInput, renameCategoryInput } from "./schemas.ts";

/** A category at the end of the list. A name in use is refused beside its field. */
export async function createCategory(ctx: Ctx, input: CreateCategoryInput): Promise<{ categoryId: string }> {
  const { name } = createCategoryInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseName(tx, "ticket_category", name, null);
    const position = sql<number>`(select coalesce(max(position) + 1, 0) from ticket_categories)`;
    await tx.insert(ticketCategories).values({ tenantId: ctx.tenantId, id, name, position });
    await auditList({ ...ctx, tx }, "ticket_category", "create", id, { name });
    return { categoryId: id };
  });
}

/** Every ticket of the category shows the new name. */
export async function renameCategory(ctx: Ctx, input: RenameCategoryInput): Promise<void> {
  const { categoryId, name } = renameCategoryInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await refuseName(tx, "ticket_category", name, categoryId);
    await set({ ...ctx, tx }, categoryId, { name });
    await auditList({ ...ctx, tx }, "ticket_category", "update", categoryId, { name });
  });
}

/** An archived category is chosen no more, and stays on the tickets that have it. */
export async function archiveCategory(ctx: Ctx, { categoryId, archived }: ArchiveCategoryInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const name = await set({ ...ctx, tx }, categoryId, { archivedAt: archived ? ctx.clock.now() : null });
    await auditList({ ...ctx, tx }, "ticket_category", archived ? "archive" : "restore", categoryId, { name });
  });
}

export async function moveCategory(ctx: Ctx, { categoryId, up }: MoveCategoryInput): Promise<void> {
  await withTenant(ctx, (tx) => moveInList(ctx, tx, "ticket_category", categoryId, up));
}

async function set(ctx: Ctx, id: string, values: Partial<typeof ticketCategories.$inferInsert>): Promise<string> {
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .update(ticketCategories)
      .set({ ...values, updatedAt: ctx.clock.now() })
      .where(eq(ticketCategories.id, id))
      .returning({ name: ticketCategories.name }),
  );
  if (!row) throw notFound();
  return row.name;
}
