import { and, eq } from "drizzle-orm";
import { scheduledMessages } from "#db/schema/composer.ts";
import { messages } from "#db/schema/messages.ts";
import { tenants, userProfiles } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, forbidden, invalid } from "#server/core/errors.ts";
import { newId } from "#server/core/ids.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { requireUploads } from "#server/domains/attachments/index.ts";
import { dropSentDraft } from "#server/domains/drafts/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { threadChanged } from "./conversation-changed.ts";
import type { ReplyableConversation } from "./find-replyable.ts";
import { findReplyable } from "./find-replyable.ts";
import { scheduledQueue } from "./queues.ts";
import { isTooLong, replyRefused, replyStateOf } from "./reply-rules.ts";
import { isNotSender, refuseSecondAnswer } from "./refuse-sender.ts";
import { replyToConversation } from "./reply-to-conversation.ts";
import type { ScheduleReplyInput } from "./schemas.ts";
import { scheduleReplyInput } from "./schemas.ts";
import { instantToSend } from "./sending-time.ts";
import { externalIdOf } from "./write-reply.ts";

export interface ScheduledReply {
  /** What is held or written already has an id of its own; whichever it is, the key is the same. */
  messageId: string;
  /** false: the same key had written it before. */
  created: boolean;
  /** When it leaves; null: it is on its way. */
  leavesAt: Date | null;
}

/**
 * Writes a reply that leaves later: at the time that was chosen, or once its writer may no longer take it back. Refused
 * like a reply, and where the provider would not take it any more by then (`window_closes_before`). The same key
 * writes once, also where what it wrote was cancelled or has left.
 */
export async function scheduleReply(ctx: Ctx, input: ScheduleReplyInput): Promise<ScheduledReply> {
  const { sendAt, unlessAnswered, ...reply } = scheduleReplyInput.parse(input);
  const { conversationId, idempotencyKey } = reply;
  const authorId = memberId(ctx);
  if (!authorId) throw forbidden();
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const now = ctx.clock.now();
    const { timeZone, undoSeconds } = await settingsOf(tx, authorId);
    const before = await findByKey(tx, reply);
    if (before) return before;
    await refuseSecondAnswer(ctx, tx, reply);
    const chosen = sendAt ? instantToSend(sendAt, timeZone, now) : null;
    if (sendAt && !chosen) throw invalid({ sendAt: "time_past" });
    if (!sendAt && undoSeconds === 0) return { ...(await replyToConversation(inner, reply)), leavesAt: null };
    const leavesAt = chosen ?? new Date(now.getTime() + undoSeconds * 1000);
    const to = await findReplyable(tx, conversationId);
    if (isNotSender(ctx, to)) throw replyRefused("only_assignee");
    refuse(to, reply, now, leavesAt);
    await requireUploads(inner, reply.attachmentIds ?? []);
    if (reply.replyToId) await externalIdOf(tx, conversationId, reply.replyToId);
    const id = newId();
    const [written] = await tx
      .insert(scheduledMessages)
      .values({
        tenantId: ctx.tenantId,
        id,
        conversationId,
        authorId,
        text: reply.text,
        attachmentIds: reply.attachmentIds ?? [],
        replyToId: reply.replyToId ?? null,
        subject: reply.subject ?? null,
        cc: reply.cc ?? null,
        idempotencyKey,
        scheduledFor: leavesAt,
        held: chosen === null,
        unlessAnswered: chosen !== null && unlessAnswered,
        createdAt: now,
        updatedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: scheduledMessages.id });
    // Somebody with the same key was quicker, and may have left since: what they wrote is seen now.
    const quicker = await findByKey(tx, reply, id);
    if (quicker) {
      if (written) await tx.delete(scheduledMessages).where(eq(scheduledMessages.id, id));
      return quicker;
    }
    if (!written) throw new DomainError("conflict", "conflict");
    await enqueue(
      inner,
      scheduledQueue,
      { tenantId: ctx.tenantId, conversationId },
      { afterMs: leavesAt.getTime() - now.getTime() },
    );
    if (chosen) {
      const data = { scheduledId: id, at: leavesAt.toISOString() };
      await recordAudit(inner, {
        action: "conversation.schedule",
        entityType: "conversation",
        entityId: conversationId,
        data,
      });
    }
    await dropSentDraft(inner, reply);
    threadChanged(tx, conversationId);
    return { messageId: id, created: true, leavesAt };
  });
}

type Reply = Omit<ReturnType<typeof scheduleReplyInput.parse>, "sendAt" | "unlessAnswered">;

async function settingsOf(tx: TenantTx, userId: string): Promise<{ timeZone: string; undoSeconds: number }> {
  const [row] = await tx
    .select({ timeZone: tenants.timezone, undoSeconds: userProfiles.undoSeconds })
    .from(userProfiles)
    .innerJoin(tenants, eq(tenants.id, userProfiles.tenantId))
    .where(and(eq(userProfiles.tenantId, tx.tenantId), eq(userProfiles.userId, userId)));
  if (!row) throw forbidden();
  return row;
}

/** What a key wrote already: a message, or one that leaves later; `except` for the row just written. */
async function findByKey(
  tx: TenantTx,
  { conversationId, idempotencyKey }: Reply,
  except?: string,
): Promise<ScheduledReply | null> {
  const [message] = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(eq(messages.idempotencyKey, idempotencyKey), eq(messages.conversationId, conversationId)));
  if (message) return { messageId: message.id, created: false, leavesAt: null };
  const [scheduled] = await tx
    .select({ id: scheduledMessages.id, at: scheduledMessages.scheduledFor })
    .from(scheduledMessages)
    .where(
      and(eq(scheduledMessages.idempotencyKey, idempotencyKey), eq(scheduledMessages.conversationId, conversationId)),
    );
  return scheduled && scheduled.id !== except
    ? { messageId: scheduled.id, created: false, leavesAt: scheduled.at }
    : null;
}

/** What is refused now would be refused then: nobody is left to believe that it will arrive. */
function refuse(to: ReplyableConversation, reply: Reply, now: Date, leavesAt: Date): void {
  const state = replyStateOf(to, now);
  if (state.refusal) throw replyRefused(state.refusal);
  if (reply.text === "" && !reply.attachmentIds?.length) throw invalid({ text: "required" });
  if (isTooLong(reply.text, state)) throw invalid({ text: "too_long" });
  const then = replyStateOf(to, leavesAt);
  if (then.refusal) throw invalid({ sendAt: "window_closes_before" });
}
