import { and, eq, inArray, ne, sql } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customers } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { recordAudit } from "#server/domains/audit/index.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { lockConversation } from "./find-conversation.ts";
import type { ConversationRef } from "./schemas.ts";
import { writeEvent } from "./write-event.ts";

/**
 * Whoever writes in a conversation is heard no more, on any channel: their open and snoozed conversations go to the
 * spam, and what they write from now on is kept there, read, without ticket, answer or notice.
 */
export async function blockSender(ctx: Ctx, { conversationId }: ConversationRef): Promise<void> {
  await setBlocked(ctx, conversationId, true);
}

/** They are heard again: their conversations come back from the spam, with everything they wrote meanwhile. */
export async function unblockSender(ctx: Ctx, { conversationId }: ConversationRef): Promise<void> {
  await setBlocked(ctx, conversationId, false);
}

async function setBlocked(ctx: Ctx, conversationId: string, blocked: boolean): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const thread = await lockConversation(tx, conversationId);
    const { customerId } = thread;
    // Threads before the customer, as whoever takes messages in.
    await tx.execute(sql`select id from conversations where customer_id = ${customerId} order by id for update`);
    const [changed] = await tx
      .update(customers)
      .set({ status: blocked ? "blocked" : "active", updatedAt: ctx.clock.now() })
      .where(
        and(eq(customers.id, customerId), blocked ? ne(customers.status, "blocked") : eq(customers.status, "blocked")),
      )
      .returning({ id: customers.id });
    if (!changed) return;
    const moved = await moveThreads(ctx, tx, customerId, blocked);
    await writeEvent(ctx, tx, thread, { event: blocked ? "blocked" : "unblocked" });
    await recordAudit(
      { ...ctx, tx },
      {
        action: blocked ? "customer.block" : "customer.unblock",
        entityType: "customer",
        entityId: customerId,
        data: { conversationId },
      },
    );
    for (const id of new Set([conversationId, ...moved])) conversationChanged(tx, id);
    threadChanged(tx, conversationId);
    tx.afterCommit(() => publish(ctx.tenantId, "customers", [customerId]));
  });
}

async function moveThreads(ctx: Ctx, tx: TenantTx, customerId: string, blocked: boolean): Promise<string[]> {
  const moved = await tx
    .update(conversations)
    .set({ status: blocked ? "spam" : "open", snoozedUntil: null, updatedAt: ctx.clock.now() })
    .where(
      and(
        eq(conversations.customerId, customerId),
        inArray(conversations.status, blocked ? ["open", "snoozed"] : ["spam"]),
        sql`not ${conversations.archived}`,
      ),
    )
    .returning({ id: conversations.id });
  return moved.map((row) => row.id);
}
