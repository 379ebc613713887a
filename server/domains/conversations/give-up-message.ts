import { and, eq } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import type { RetryInput } from "./schemas.ts";

/** Takes a message that still waits out of the outbox, because a person asked for it. It stays in the thread as not sent. */
export async function giveUpMessage(ctx: Ctx, { messageId }: RetryInput): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [message] = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.id, messageId), eq(messages.direction, "out")))
      .for("update");
    if (!message) throw notFound();
    if (message.status !== "pending" || message.sending) throw new DomainError("conflict", "not_waiting");
    const now = ctx.clock.now();
    const data = { ...message.data, refusal: "given_up" };
    await tx
      .update(messages)
      .set({ status: "failed", failedAt: now, updatedAt: now, data })
      .where(eq(messages.id, messageId));
    await recordAudit(
      { ...ctx, tx },
      {
        action: "message.give_up",
        entityType: "conversation",
        entityId: message.conversationId,
        data: { messageId },
      },
    );
    conversationChanged(tx, message.conversationId);
    threadChanged(tx, message.conversationId);
  });
}
