import { and, eq, ne } from "drizzle-orm";
import { quickReplies } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { QuickReplyFields, QuickReplyRef, UpdateQuickReplyInput } from "./schemas.ts";
import { quickReplyFields, updateQuickReplyInput } from "./schemas.ts";

/** Makes a ready-made answer. A shortcut in use is refused beside its field. */
export async function createQuickReply(ctx: Ctx, input: QuickReplyFields): Promise<{ quickReplyId: string }> {
  const fields = quickReplyFields.parse(input);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseTaken(tx, fields.shortcut, id);
    await tx.insert(quickReplies).values({ ...fields, tenantId: ctx.tenantId, id, createdBy: memberId(ctx) });
    await recordAudit(
      { ...ctx, tx },
      { action: "quick_reply.create", entityType: "quick_reply", entityId: id, data: { shortcut: fields.shortcut } },
    );
    return { quickReplyId: id };
  });
}

export async function updateQuickReply(ctx: Ctx, input: UpdateQuickReplyInput): Promise<void> {
  const { quickReplyId, ...fields } = updateQuickReplyInput.parse(input);
  await withTenant(ctx, async (tx) => {
    if (fields.shortcut) await refuseTaken(tx, fields.shortcut, quickReplyId);
    const [row] = await tx
      .update(quickReplies)
      .set({ ...fields, updatedAt: ctx.clock.now() })
      .where(eq(quickReplies.id, quickReplyId))
      .returning({ id: quickReplies.id });
    if (!row) throw notFound();
    await recordAudit(
      { ...ctx, tx },
      {
        action: "quick_reply.update",
        entityType: "quick_reply",
        entityId: quickReplyId,
        data: { fields: Object.keys(fields) },
      },
    );
  });
}

export async function deleteQuickReply(ctx: Ctx, { quickReplyId }: QuickReplyRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .delete(quickReplies)
      .where(eq(quickReplies.id, quickReplyId))
      .returning({ shortcut: quickReplies.shortcut });
    if (!row) throw notFound();
    await recordAudit(
      { ...ctx, tx },
      { action: "quick_reply.delete", entityType: "quick_reply", entityId: quickReplyId, data: row },
    );
  });
}

async function refuseTaken(tx: TenantTx, shortcut: string, id: string): Promise<void> {
  const [taken] = await tx
    .select({ id: quickReplies.id })
    .from(quickReplies)
    .where(and(eq(quickReplies.shortcut, shortcut), ne(quickReplies.id, id)));
  if (taken) throw new DomainError("conflict", "shortcut_taken", { fields: { shortcut: "shortcut_taken" } });
}
