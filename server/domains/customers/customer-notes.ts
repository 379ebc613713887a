import { and, eq } from "drizzle-orm";
import { customerActivities, customerNotes } from "#db/schema/customers.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { changeCustomer } from "./customer-changed.ts";
import type { AddNoteInput, EditNoteInput, NoteInput } from "./schemas.ts";
import { addNoteInput, editNoteInput, noteInput } from "./schemas.ts";

/** Writes a note; the timeline shows it under the same id, so that it goes with the note. */
export async function addCustomerNote(ctx: Ctx, input: AddNoteInput): Promise<{ noteId: string }> {
  const { customerId, content } = addNoteInput.parse(input);
  const noteId = newId();
  const at = ctx.clock.now();
  await changeCustomer(ctx, customerId, async (tx) => {
    const author = memberId(ctx);
    await tx.insert(customerNotes).values({
      tenantId: ctx.tenantId,
      id: noteId,
      customerId,
      authorId: author,
      content,
      createdAt: at,
      updatedAt: at,
    });
    await tx.insert(customerActivities).values({
      tenantId: ctx.tenantId,
      id: noteId,
      customerId,
      type: "note",
      description: content,
      createdBy: author,
      occurredAt: at,
      createdAt: at,
    });
    return { action: "add_note", data: { noteId } };
  });
  return { noteId };
}

export async function editCustomerNote(ctx: Ctx, input: EditNoteInput): Promise<void> {
  const { customerId, noteId, content } = editNoteInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const [edited] = await tx
      .update(customerNotes)
      .set({ content, updatedAt: ctx.clock.now() })
      .where(
        and(
          eq(customerNotes.tenantId, ctx.tenantId),
          eq(customerNotes.customerId, customerId),
          eq(customerNotes.id, noteId),
        ),
      )
      .returning({ id: customerNotes.id });
    if (!edited) throw notFound();
    await tx
      .update(customerActivities)
      .set({ description: content })
      .where(and(eq(customerActivities.tenantId, ctx.tenantId), eq(customerActivities.id, noteId)));
    return { action: "edit_note", data: { noteId } };
  });
}

/** Deletes a note and its place in the timeline; that it was deleted, and by whom, stays in the audit log. */
export async function deleteCustomerNote(ctx: Ctx, input: NoteInput): Promise<void> {
  const { customerId, noteId } = noteInput.parse(input);
  await changeCustomer(ctx, customerId, async (tx) => {
    const [gone] = await tx
      .delete(customerNotes)
      .where(
        and(
          eq(customerNotes.tenantId, ctx.tenantId),
          eq(customerNotes.customerId, customerId),
          eq(customerNotes.id, noteId),
        ),
      )
      .returning({ id: customerNotes.id });
    if (!gone) throw notFound();
    await tx
      .delete(customerActivities)
      .where(and(eq(customerActivities.tenantId, ctx.tenantId), eq(customerActivities.id, noteId)));
    return { action: "delete_note", data: { noteId } };
  });
}
