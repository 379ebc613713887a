import { and, eq, isNull, ne } from "drizzle-orm";
import { quickReplies } from "#db/schema/quick-replies.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import { allows } from "#server/auth/permissions.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, forbidden, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { visibleTo } from "./list-quick-replies.ts";
import type { QuickReplyFields, QuickReplyRef, UpdateQuickReplyInput } from "./schemas.ts";
import { quickReplyFields, updateQuickReplyInput } from "./schemas.ts";

/**
 * Makes a ready-made answer: everybody's, for who may write those, or the member's own. A shortcut in use is refused
 * beside its field.
 */
export async function createQuickReply(ctx: Ctx, input: QuickReplyFields): Promise<{ quickReplyId: string }> {
  const { personal, ...fields } = quickReplyFields.parse(input);
  const ownerId = personal ? memberId(ctx) : null;
  requireWriter(ctx, ownerId);
  return withTenant(ctx, async (tx) => {
    const id = newId();
    await refuseTaken(tx, fields.shortcut, { id, ownerId });
    await tx.insert(quickReplies).values({ ...fields, tenantId: ctx.tenantId, id, ownerId, createdBy: memberId(ctx) });
    await recordAudit(
      { ...ctx, tx },
      {
        action: "quick_reply.create",
        entityType: "quick_reply",
        entityId: id,
        data: { shortcut: fields.shortcut, personal },
      },
    );
    return { quickReplyId: id };
  });
}

export async function updateQuickReply(ctx: Ctx, input: UpdateQuickReplyInput): Promise<void> {
  const { quickReplyId, ...fields } = updateQuickReplyInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const reply = await lockQuickReply(ctx, tx, quickReplyId);
    if (fields.shortcut) await refuseTaken(tx, fields.shortcut, reply);
    await tx
      .update(quickReplies)
      .set({ ...fields, updatedAt: ctx.clock.now() })
      .where(eq(quickReplies.id, quickReplyId));
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
    const { shortcut } = await lockQuickReply(ctx, tx, quickReplyId);
    await tx.delete(quickReplies).where(eq(quickReplies.id, quickReplyId));
    await recordAudit(
      { ...ctx, tx },
      { action: "quick_reply.delete", entityType: "quick_reply", entityId: quickReplyId, data: { shortcut } },
    );
  });
}

/** Everybody's are written by who may; one's own by oneself. */
function requireWriter({ actor }: Ctx, ownerId: string | null): void {
  if (actor.type !== "member") throw forbidden();
  if (ownerId === null && !allows(actor.role, "quick_replies.write")) throw forbidden();
}

/** Another member's own does not exist for this one. */
async function lockQuickReply(ctx: Ctx, tx: TenantTx, quickReplyId: string) {
  const { id, ownerId, shortcut } = quickReplies;
  const [row] = await tx
    .select({ id, ownerId, shortcut })
    .from(quickReplies)
    .where(and(eq(id, quickReplyId), visibleTo(ctx)))
    .for("update");
  if (!row) throw notFound();
  requireWriter(ctx, row.ownerId);
  return row;
}

async function refuseTaken(
  tx: TenantTx,
  shortcut: string,
  { id, ownerId }: { id: string; ownerId: string | null },
): Promise<void> {
  const among = ownerId ? eq(quickReplies.ownerId, ownerId) : isNull(quickReplies.ownerId);
  const [taken] = await tx
    .select({ id: quickReplies.id })
    .from(quickReplies)
    .where(and(eq(quickReplies.shortcut, shortcut), ne(quickReplies.id, id), among));
  if (taken) throw new DomainError("conflict", "shortcut_taken", { fields: { shortcut: "shortcut_taken" } });
}
