import { and, asc, eq, lte } from "drizzle-orm";
import { scheduledMessages } from "#db/schema/composer.ts";
import { memberships } from "#db/schema/tenants.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { threadChanged } from "./conversation-changed.ts";
import { heardIn, lockAddress } from "./find-conversation.ts";
import type { ConversationRef } from "./schemas.ts";
import { writeReply } from "./write-reply.ts";

type Scheduled = typeof scheduledMessages.$inferSelect;

/**
 * Writes what is due in a conversation into its outbox, in the order in which it was to leave, in the name of who wrote it.
 * Window, consent and channel are looked at again: what may not be sent any more stays, with the reason. Done again,
 * by another worker or after a crash, it finds nothing.
 */
export async function sendScheduled(ctx: Ctx, { conversationId }: ConversationRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const { status, scheduledFor, id } = scheduledMessages;
    await lockAddress(tx, conversationId);
    const due = await tx
      .select()
      .from(scheduledMessages)
      .where(
        and(
          eq(scheduledMessages.conversationId, conversationId),
          eq(status, "scheduled"),
          lte(scheduledFor, ctx.clock.now()),
        ),
      )
      .orderBy(asc(scheduledFor), asc(id))
      .for("update");
    if (due.length === 0) return;
    const heardAt = due.some((one) => one.unlessAnswered) ? await heardInThread(tx, conversationId) : null;
    for (const one of due) {
      const answered = one.unlessAnswered && heardAt !== null && heardAt > one.createdAt;
      await (answered ? settle(tx, ctx, one, "cancelled", "answered") : leave(tx, ctx, one));
    }
    threadChanged(tx, conversationId);
  });
}

/** When the customer was last heard, on whichever address of the thread. */
async function heardInThread(tx: TenantTx, conversationId: string): Promise<Date | null> {
  const [row] = await tx.raw.unsafe<{ heard_at: Date | null }[]>(heardIn("$2::uuid"), [tx.tenantId, conversationId], {
    prepare: true,
  });
  return row?.heard_at ?? null;
}

/** The message is written and this row goes, or neither: a refusal undoes what was begun of the message, and is kept. */
async function leave(tx: TenantTx, ctx: Ctx, one: Scheduled): Promise<void> {
  await tx.raw.unsafe("savepoint leaving");
  try {
    const { conversationId, text, attachmentIds, replyToId, subject, cc, idempotencyKey } = one;
    await writeReply(
      { ...(await inNameOf(tx, ctx, one.authorId)), tx },
      { conversationId, text, attachmentIds, replyToId, subject, cc, idempotencyKey },
    );
    await tx.delete(scheduledMessages).where(eq(scheduledMessages.id, one.id));
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    await tx.raw.unsafe("rollback to savepoint leaving");
    await settle(tx, ctx, one, "failed", Object.values(error.fields)[0] ?? error.reason);
  }
}

async function inNameOf(tx: TenantTx, ctx: Ctx, userId: string): Promise<Ctx> {
  const [member] = await tx
    .select({ role: memberships.role })
    .from(memberships)
    .where(and(eq(memberships.tenantId, tx.tenantId), eq(memberships.userId, userId)));
  return { ...ctx, actor: { type: "member", userId, role: member?.role ?? "agent" } };
}

/** What is cancelled loses its words; what failed keeps them, to be looked over and sent again. */
async function settle(
  tx: TenantTx,
  ctx: Ctx,
  { id }: Scheduled,
  status: "failed" | "cancelled",
  refusal: string,
): Promise<void> {
  const words = status === "cancelled" ? { text: "", subject: null, cc: null, attachmentIds: [] } : {};
  await tx
    .update(scheduledMessages)
    .set({ status, refusal, ...words, updatedAt: ctx.clock.now() })
    .where(eq(scheduledMessages.id, id));
}
