import { and, eq } from "drizzle-orm";
import { conversations, messages } from "#db/schema/conversations.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { conversationChanged } from "./conversation-changed.ts";
import type { ConversationRef } from "./schemas.ts";

/** A member has the thread before their eyes: what came in is read. Returns how many messages that were. */
export async function markConversationRead(ctx: Ctx, { conversationId }: ConversationRef): Promise<{ read: number }> {
  return withTenant(ctx, async (tx) => {
    const [known] = await tx
      .select({ unread: conversations.unreadCount })
      .from(conversations)
      .where(eq(conversations.id, conversationId));
    if (!known) throw notFound();
    if (known.unread === 0) return { read: 0 };
    const rows = await tx
      .update(messages)
      .set({ read: true })
      .where(and(eq(messages.conversationId, conversationId), eq(messages.direction, "in"), eq(messages.read, false)))
      .returning({ id: messages.id });
    if (rows.length > 0) conversationChanged(tx, conversationId);
    return { read: rows.length };
  });
}
