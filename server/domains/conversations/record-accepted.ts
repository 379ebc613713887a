import { eq, sql } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { customerActivities } from "#db/schema/customers.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordChannelHealth } from "#server/domains/channels/index.ts";
import { absorbEcho } from "./adopt-echoes.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { joinParkedEvents, lockExternalIds } from "./join-parked-events.ts";

export interface AcceptedMessage {
  messageId: string;
  /** The provider's id: what its status events will name. */
  externalId: string;
}

/**
 * The provider took the message: `sent`, unless a faster status event raised it further already. Logs
 * the interaction, and joins statuses that arrived before this id was known.
 */
export async function recordAccepted(ctx: Ctx, { messageId, externalId }: AcceptedMessage): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const now = ctx.clock.now();
    // The same lock, before the row, as whoever parks a status of this id.
    const [place] = await tx.select({ channelId: messages.channelId }).from(messages).where(eq(messages.id, messageId));
    if (!place) return;
    await lockExternalIds(inner, [{ channelId: place.channelId, externalId }]);
    await absorbEcho(inner, { messageId, channelId: place.channelId, externalId });
    const [message] = await tx
      .update(messages)
      .set({
        externalId,
        status: sql`case when ${messages.status} in ('pending', 'unknown') then 'sent' else ${messages.status} end`,
        sentAt: sql`coalesce(${messages.sentAt}, ${now.toISOString()}::timestamptz)`,
        sending: false,
        updatedAt: now,
      })
      .where(eq(messages.id, messageId))
      .returning();
    if (!message) return;
    await tx.insert(customerActivities).values({
      tenantId: ctx.tenantId,
      id: newId(),
      customerId: message.customerId,
      type: "message_sent",
      channel: message.channelType,
      description: message.text.slice(0, 200),
      messageId,
      conversationId: message.conversationId,
      createdBy: message.authorId,
      occurredAt: now,
    });
    await joinParkedEvents(inner, [{ messageId, channelId: message.channelId, externalId }]);
    await recordChannelHealth(inner, { channelId: message.channelId, outboundAt: now });
    conversationChanged(tx, message.conversationId);
    threadChanged(tx, message.conversationId);
  });
}
