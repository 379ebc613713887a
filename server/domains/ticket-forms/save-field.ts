import { eq, sql } from "drizzle-orm";
import { ticketFields } from "#db/schema/ticket-forms.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { invalid, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { auditList, moveInList, refuseName } from "./one-list.ts";
import type { ArchiveFieldInput, CreateFieldInput, MoveFieldInput, UpdateFieldInput } from "./schemas.ts";
import { createFieldInput, updateFieldInput } from "./schemas.ts";

/** A field of the business's own, at the end of the list. */
export async function createField(ctx: Ctx, input: CreateFieldInput): Promise<{ fieldId: string }> {
  const { name, type, required, choices } = createFieldInput.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseName(tx, "ticket_field", name, null);
    const position = sql<number>`(select coalesce(max(position) + 1, 0) from ticket_fields)`;
    const kept = { name, type, required, choices: type === "choice" ? choices : [] };
    await tx.insert(ticketFields).values({ tenantId: ctx.tenantId, id, position, ...kept });
    await auditList({ ...ctx, tx }, "ticket_field", "create", id, kept);
    return { fieldId: id };
  });
}

/** Its name, its choices, and whether a ticket is resolved without it. What tickets hold stays as it is. */
export async function updateField(ctx: Ctx, input: UpdateFieldInput): Promise<void> {
  const { fieldId, name, required, choices } = updateFieldInput.parse(input);
  await withTenant(ctx, async (tx) => {
    await refuseName(tx, "ticket_field", name, fieldId);
    const { type } = await set({ ...ctx, tx }, fieldId, { name, required });
    if (type === "choice") {
      if (choices.length < 2) throw invalid({ choices: "two_choices" });
      await set({ ...ctx, tx }, fieldId, { choices });
    }
    await auditList({ ...ctx, tx }, "ticket_field", "update", fieldId, { name, required, choices });
  });
}

/** An archived field is asked for no more; tickets keep what they hold of it. */
export async function archiveField(ctx: Ctx, { fieldId, archived }: ArchiveFieldInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { name } = await set({ ...ctx, tx }, fieldId, { archivedAt: archived ? ctx.clock.now() : null });
    await auditList({ ...ctx, tx }, "ticket_field", archived ? "archive" : "restore", fieldId, { name });
  });
}

export async function moveField(ctx: Ctx, { fieldId, up }: MoveFieldInput): Promise<void> {
  await withTenant(ctx, (tx) => moveInList(ctx, tx, "ticket_field", fieldId, up));
}

async function set(ctx: Ctx, id: string, values: Partial<typeof ticketFields.$inferInsert>) {
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .update(ticketFields)
      .set({ ...values, updatedAt: ctx.clock.now() })
      .where(eq(ticketFields.id, id))
      .returning({ name: ticketFields.name, type: ticketFields.type }),
  );
  if (!row) throw notFound();
  return row;
}
