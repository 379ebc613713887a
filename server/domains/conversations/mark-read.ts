import { and, eq } from "drizzle-orm";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { conversations, messages } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { seeSubject } from "#server/domains/notifications/index.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { conversationChanged } from "./conversation-changed.ts";
import { readQueue } from "./queues.ts";
import type { ConversationRef } from "./schemas.ts";

/**
 * A member has the thread before their eyes: what came in is read, and where the channel says such things
 * the customer is told, by the newest message. Returns how many messages that were.
 */
export async function markConversationRead(ctx: Ctx, { conversationId }: ConversationRef): Promise<{ read: number }> {
  return withTenant(ctx, async (tx) => {
    const [known] = await tx
      .select({ unread: conversations.unreadCount, provider: channels.provider, channelType: channels.channelType })
      .from(conversations)
      .innerJoin(channels, and(eq(channels.tenantId, conversations.tenantId), eq(channels.id, conversations.channelId)))
      .where(eq(conversations.id, conversationId));
    if (!known) throw notFound();
    if (known.unread === 0) return { read: 0 };
    const rows = await tx
      .update(messages)
      .set({ read: true })
      .where(and(eq(messages.conversationId, conversationId), eq(messages.direction, "in"), eq(messages.read, false)))
      .returning({ id: messages.id, externalId: messages.externalId, occurredAt: messages.occurredAt });
    await seeSubject({ ...ctx, tx }, conversationId);
    if (rows.length > 0) conversationChanged(tx, conversationId);
    const newest = rows
      .filter((row) => row.externalId)
      .toSorted((a, b) => Number(a.occurredAt) - Number(b.occurredAt))
      .at(-1);
    if (newest && rulesOf(known.provider, known.channelType)?.tellsRead) {
      await enqueue({ ...ctx, tx }, readQueue, { tenantId: ctx.tenantId, messageId: newest.id });
    }
    return { read: rows.length };
  });
}
