import { and, desc, eq, sql } from "drizzle-orm";
import { messageEvents, messages } from "#db/schema/messages.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { SendOutcome } from "#server/providers/contract.ts";
import { threadChanged } from "./conversation-changed.ts";
import { findReplyable } from "./find-replyable.ts";
import type { OwnReaction } from "./react-to-message.ts";
import { replyStateOf } from "./reply-rules.ts";
import { settleMessages } from "./settle-messages.ts";

/** A reaction to hand to its provider. */
export interface BegunReaction {
  eventId: string;
  channelId: string;
  to: { kind: string; value: string };
  targetId: string;
  emoji: string | null;
}

const mostAttempts = 5;
const firstDelayMs = 3_000;

/**
 * The reaction if it still waits and is the latest of ours for its message; null when there is nothing to
 * do. Giving the same reaction twice changes nothing, so a lost answer is simply tried again.
 */
export async function beginReaction(ctx: Ctx, eventId: string): Promise<BegunReaction | null> {
  return withTenant(ctx, async (tx) => {
    const found = await findOwn(tx, eventId);
    if (!found) return null;
    const { event, reaction, conversationId } = found;
    const [latest] = await tx
      .select({ id: messageEvents.id })
      .from(messageEvents)
      .where(
        and(
          eq(messageEvents.messageId, event.messageId ?? ""),
          eq(messageEvents.kind, "reaction"),
          sql`${messageEvents.data} ->> 'by' = 'business'`,
        ),
      )
      .orderBy(desc(messageEvents.occurredAt), desc(messageEvents.id))
      .limit(1);
    if (latest?.id !== eventId) return null;
    const to = await findReplyable(tx, conversationId);
    const { refusal, waits } = replyStateOf(to, ctx.clock.now());
    if (refusal ?? waits) {
      await settle({ ...ctx, tx }, found, { ...reaction, state: "failed", error: refusal ?? "blocked" });
      return null;
    }
    const { channelId, targetExternalId: targetId } = event;
    return {
      eventId,
      channelId,
      targetId,
      emoji: reaction.emoji,
      to: { kind: to.addressKind, value: to.addressValue },
    };
  });
}

/** Writes what became of a reaction; answers how long to wait where it should be tried again. */
export async function recordReaction(
  ctx: Ctx,
  eventId: string,
  outcome: SendOutcome,
): Promise<{ retryAfterMs: number } | null> {
  return withTenant(ctx, async (tx) => {
    const found = await findOwn(tx, eventId);
    if (!found) return null;
    const inner = { ...ctx, tx };
    const attempts = found.reaction.attempts + 1;
    if (outcome.outcome === "accepted") {
      await settle(inner, found, { ...found.reaction, attempts, state: "sent" });
      return null;
    }
    const passes = outcome.outcome === "unknown" || outcome.class === "retry" || outcome.class === "slow";
    if (passes && attempts < mostAttempts) {
      await settle(inner, found, { ...found.reaction, attempts });
      const wished = outcome.outcome === "refused" ? (outcome.retryAfterMs ?? 0) : 0;
      return { retryAfterMs: Math.max(wished, firstDelayMs * 2 ** (attempts - 1)) };
    }
    await settle(inner, found, { ...found.reaction, attempts, state: "failed", error: outcome.text.slice(0, 500) });
    return null;
  });
}

type Found = NonNullable<Awaited<ReturnType<typeof findOwn>>>;

/** A reaction of ours that waits, locked. */
async function findOwn(tx: TenantTx, eventId: string) {
  const [event] = await tx.select().from(messageEvents).where(eq(messageEvents.id, eventId)).for("update");
  if (!event?.messageId || event.data.state !== "pending") return null;
  const [message] = await tx
    .select({ conversationId: messages.conversationId })
    .from(messages)
    .where(eq(messages.id, event.messageId));
  return message ? { event, reaction: event.data as OwnReaction, conversationId: message.conversationId } : null;
}

async function settle(ctx: Ctx, { event, conversationId }: Found, data: OwnReaction): Promise<void> {
  await withTenant(ctx, async (tx) => {
    await tx.update(messageEvents).set({ data }).where(eq(messageEvents.id, event.id));
    if (event.messageId) await settleMessages({ ...ctx, tx }, [{ messageId: event.messageId, kind: "reaction" }]);
    threadChanged(tx, conversationId);
  });
}
