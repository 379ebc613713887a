import { and, eq } from "drizzle-orm";
import { conversationLabels, labels } from "#db/schema/labels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { lockConversation } from "./find-conversation.ts";
import type { LabelConversationInput } from "./schemas.ts";
import { writeEvent } from "./write-event.ts";

/** Puts a label on a conversation, or takes it off. Nothing happens when it is so already. */
export async function labelConversation(
  ctx: Ctx,
  { conversationId, labelId, on }: LabelConversationInput,
): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const conversation = await lockConversation(tx, conversationId);
    const [label] = await tx.select({ name: labels.name }).from(labels).where(eq(labels.id, labelId));
    if (!label) throw notFound();
    const changed = on
      ? await tx
          .insert(conversationLabels)
          .values({ tenantId: ctx.tenantId, conversationId, labelId, createdAt: ctx.clock.now() })
          .onConflictDoNothing()
          .returning({ id: conversationLabels.labelId })
      : await tx
          .delete(conversationLabels)
          .where(and(eq(conversationLabels.conversationId, conversationId), eq(conversationLabels.labelId, labelId)))
          .returning({ id: conversationLabels.labelId });
    if (changed.length === 0) return;
    await recordAudit(
      { ...ctx, tx },
      {
        action: on ? "conversation.label" : "conversation.unlabel",
        entityType: "conversation",
        entityId: conversationId,
        data: { labelId, name: label.name },
      },
    );
    conversationChanged(tx, conversationId);
    if (ctx.actor.type !== "rule") return;
    await writeEvent(ctx, tx, conversation, { event: on ? "labelled" : "unlabelled", name: label.name });
    threadChanged(tx, conversationId);
  });
}
