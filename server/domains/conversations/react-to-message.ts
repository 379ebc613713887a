import { and, eq, inArray, isNull } from "drizzle-orm";
import { messageEvents, messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, notFound } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { threadChanged } from "./conversation-changed.ts";
import { findReplyable } from "./find-replyable.ts";
import { reactionQueue } from "./queues.ts";
import { replyRefused, replyStateOf } from "./reply-rules.ts";
import type { ReactInput } from "./schemas.ts";
import { settleMessages } from "./settle-messages.ts";

/** What a reaction of ours carries beside the emoji, until the provider took it or refused it. */
export interface OwnReaction extends Record<string, unknown> {
  by: "business";
  emoji: string | null;
  state: "pending" | "sent" | "failed";
  attempts: number;
  /** Why it failed, in the provider's words. */
  error?: string;
}

/**
 * Reacts to a customer's message, or takes the reaction back. It shows at once as `pending`. Refused where
 * a reply would be, for an emoji that the channel does not take, and for a message the provider never named.
 */
export async function reactToMessage(
  ctx: Ctx,
  { messageId, emoji, idempotencyKey }: ReactInput,
): Promise<{ created: boolean }> {
  return withTenant(ctx, async (tx) => {
    const [message] = await tx
      .select()
      .from(messages)
      .where(and(eq(messages.id, messageId), inArray(messages.direction, ["in", "out"]), isNull(messages.deletedAt)));
    if (!message) throw notFound();
    const now = ctx.clock.now();
    const to = await findReplyable(tx, message.conversationId);
    const { refusal, reactions } = replyStateOf(to, now);
    if (refusal) throw replyRefused(refusal);
    const takes = message.externalId !== null && (emoji === null || reactions.includes(emoji));
    if (!takes || message.externalId === null) throw new DomainError("conflict", "reaction_not_taken");
    const data: OwnReaction = { by: "business", emoji, state: "pending", attempts: 0 };
    const [written] = await tx
      .insert(messageEvents)
      .values({
        tenantId: ctx.tenantId,
        id: newId(),
        channelId: message.channelId,
        dedupeKey: `own:${idempotencyKey}`,
        targetExternalId: message.externalId,
        messageId,
        kind: "reaction",
        data,
        occurredAt: now,
        createdAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: messageEvents.id });
    if (!written) return { created: false };
    const inner = { ...ctx, tx };
    await settleMessages(inner, [{ messageId, kind: "reaction" }]);
    await enqueue(inner, reactionQueue, { tenantId: ctx.tenantId, eventId: written.id });
    await recordAudit(inner, {
      action: emoji === null ? "message.unreact" : "message.react",
      entityType: "conversation",
      entityId: message.conversationId,
      data: { messageId, emoji },
    });
    threadChanged(tx, message.conversationId);
    return { created: true };
  });
}
