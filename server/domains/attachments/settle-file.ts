import { eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { attachments } from "#db/schema/attachments.ts";
import { messages } from "#db/schema/messages.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** Writes what became of a file, and lets threads that show it look again. Answers false when its row is gone. */
export async function settleFile(
  ctx: Ctx,
  attachmentId: string,
  set: Partial<typeof attachments.$inferInsert>,
): Promise<boolean> {
  return withTenant(ctx, async (tx) => {
    const [row] = await tx
      .update(attachments)
      .set({ ...set, updatedAt: ctx.clock.now() })
      .where(eq(attachments.id, attachmentId))
      .returning({ messageId: attachments.messageId, callId: attachments.callId });
    if (row?.messageId) await tellThread(tx, row.messageId);
    const callId = row?.callId;
    if (callId) tx.afterCommit(() => publish(tx.tenantId, "calls", [callId]));
    return row !== undefined;
  });
}

async function tellThread(tx: TenantTx, messageId: string): Promise<void> {
  const [message] = await tx
    .select({ conversationId: messages.conversationId })
    .from(messages)
    .where(eq(messages.id, messageId));
  if (message) tx.afterCommit(() => publish(tx.tenantId, "messages", [message.conversationId]));
}
