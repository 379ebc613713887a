import { and, eq, lt } from "drizzle-orm";
import { scheduledMessages } from "#db/schema/composer.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError, forbidden, notFound } from "#server/core/errors.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import type { DraftFile } from "#server/domains/drafts/index.ts";
import { filesOf } from "#server/domains/drafts/index.ts";
import { threadChanged } from "./conversation-changed.ts";
import { lockAddress } from "./find-conversation.ts";
import type { ScheduledRef } from "./schemas.ts";
import { sendScheduled } from "./send-scheduled.ts";

/** What goes back into the composer. */
export interface TakenBack {
  text: string;
  files: DraftFile[];
}

/** How long a cancelled reply's key is remembered: no browser tries to send for so long. */
const rememberedMs = 30 * 86_400_000;

/**
 * Keeps a reply from leaving, because a person asked for it: `not_waiting` where it has left. What only waits for its
 * writer to change their mind is theirs alone; what was planned for later any member may cancel. The words go back to
 * who wrote them, and are kept nowhere else.
 */
export async function takeBackReply(ctx: Ctx, { scheduledId }: ScheduledRef): Promise<TakenBack> {
  return withTenant(ctx, async (tx) => {
    const one = await lockScheduled(tx, scheduledId);
    const own = one.authorId === memberId(ctx);
    if (one.held && !own) throw forbidden();
    if (one.status === "cancelled") throw new DomainError("conflict", "not_waiting");
    const files = own ? await filesNamed(tx, one.attachmentIds) : [];
    const now = ctx.clock.now();
    await tx
      .update(scheduledMessages)
      .set({ status: "cancelled", text: "", subject: null, cc: null, attachmentIds: [], refusal: null, updatedAt: now })
      .where(eq(scheduledMessages.id, scheduledId));
    await recordAudit(
      { ...ctx, tx },
      {
        action: "conversation.take_back",
        entityType: "conversation",
        entityId: one.conversationId,
        data: { scheduledId },
      },
    );
    await forgetOld(tx, new Date(now.getTime() - rememberedMs));
    threadChanged(tx, one.conversationId);
    return { text: own ? one.text : "", files };
  });
}

/** Lets a reply leave at once, with whatever else is due there. `not_waiting` where it has left. */
export async function sendReplyNow(ctx: Ctx, { scheduledId }: ScheduledRef): Promise<void> {
  await withTenant(ctx, async (tx) => {
    // In the order of whoever sends what is due: the thread, then its rows.
    await lockThreadOf(tx, scheduledId);
    const one = await lockScheduled(tx, scheduledId);
    if (one.held && one.authorId !== memberId(ctx)) throw forbidden();
    if (one.status === "cancelled") throw new DomainError("conflict", "not_waiting");
    const now = ctx.clock.now();
    // Asked for anew, an answer that came meanwhile is known.
    await tx
      .update(scheduledMessages)
      .set({ status: "scheduled", scheduledFor: now, unlessAnswered: false, refusal: null, updatedAt: now })
      .where(eq(scheduledMessages.id, scheduledId));
    await recordAudit(
      { ...ctx, tx },
      {
        action: "conversation.send_now",
        entityType: "conversation",
        entityId: one.conversationId,
        data: { scheduledId },
      },
    );
    await sendScheduled({ ...ctx, tx }, { conversationId: one.conversationId });
  });
}

async function lockThreadOf(tx: TenantTx, scheduledId: string): Promise<void> {
  const [one] = await tx
    .select({ conversationId: scheduledMessages.conversationId })
    .from(scheduledMessages)
    .where(eq(scheduledMessages.id, scheduledId));
  if (!one) throw notFound();
  await lockAddress(tx, one.conversationId);
}

async function lockScheduled(tx: TenantTx, scheduledId: string) {
  const [one] = await tx.select().from(scheduledMessages).where(eq(scheduledMessages.id, scheduledId)).for("update");
  if (!one) throw notFound();
  return one;
}

async function filesNamed(tx: TenantTx, ids: readonly string[]): Promise<DraftFile[]> {
  if (ids.length === 0) return [];
  const [row] = await tx.raw.unsafe<{ files: DraftFile[] }[]>(
    `select ${filesOf("$2::uuid[]")} as files`,
    [tx.tenantId, ids] as never[],
    { prepare: true },
  );
  return row?.files ?? [];
}

async function forgetOld(tx: TenantTx, before: Date): Promise<void> {
  const { status, updatedAt } = scheduledMessages;
  await tx.delete(scheduledMessages).where(and(eq(status, "cancelled"), lt(updatedAt, before)));
}
