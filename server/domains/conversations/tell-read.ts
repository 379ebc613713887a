import { eq } from "drizzle-orm";
import { messages } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { findReplyable } from "./find-replyable.ts";

/** A message whose writer may be told that it was read. */
export interface ReadMessage {
  channelId: string;
  /** The provider's id of it. */
  id: string;
  to: { kind: string; value: string };
}

/** What the provider needs to be told; null where the channel is paused, unconfigured or blocked. */
export async function findReadMessage(ctx: Ctx, messageId: string): Promise<ReadMessage | null> {
  return withTenant(ctx, async (tx) => {
    const [message] = await tx.select().from(messages).where(eq(messages.id, messageId));
    if (!message?.externalId || message.deletedAt) return null;
    const to = await findReplyable(tx, message.conversationId);
    if (!to.enabled || !to.configured || to.sendingBlocked) return null;
    return {
      channelId: message.channelId,
      id: message.externalId,
      to: { kind: to.addressKind, value: to.addressValue },
    };
  });
}
