import { and, eq, gt, isNotNull, ne, sql } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import { messages } from "#db/schema/messages.ts";
import { findDue } from "#db/due.ts";
import { withTenant } from "#db/tenant.ts";
import type { Clock } from "#server/core/clock.ts";
import type { Ctx } from "#server/core/context.ts";

/** A message that left and whose fate nobody heard of. */
export interface UnknownMessage {
  id: string;
  channelId: string;
  to: { kind: string; value: string };
  sentAt: Date;
  externalId: string | null;
  text: string;
  /** The provider's ids of our other messages to this person around that time: they are not this one. */
  known: string[];
}

const most = 100;
const aroundMs = 2 * 86_400_000;

/** Messages whose fate is unknown and may be asked for now: soon after the attempt, then ever more rarely for a day. */
export async function findUnknownMessages(clock: Clock): Promise<{ tenantId: string; messageId: string }[]> {
  const due = await findDue("unknown_messages", most, clock.now());
  return due.map(({ tenantId, id: messageId }) => ({ tenantId, messageId }));
}

/** Takes one of them to be asked about: others see that it was just asked. Null when its fate is known by now. */
export async function takeUnknownMessage(ctx: Ctx, messageId: string): Promise<UnknownMessage | null> {
  const now = ctx.clock.now();
  return withTenant(ctx, async (tx) => {
    const [message] = await tx
      .update(messages)
      .set({ updatedAt: now })
      .where(and(eq(messages.id, messageId), eq(messages.status, "unknown")))
      .returning();
    if (!message) return null;
    const [thread] = await tx
      .select({ kind: conversations.addressKind, value: conversations.addressValue })
      .from(conversations)
      .where(eq(conversations.id, message.conversationId));
    const [others] = await tx
      .select({ ids: sql<string[]>`coalesce(array_agg(${messages.externalId}), '{}')` })
      .from(messages)
      .where(
        and(
          eq(messages.conversationId, message.conversationId),
          eq(messages.direction, "out"),
          isNotNull(messages.externalId),
          gt(messages.occurredAt, new Date(message.occurredAt.getTime() - aroundMs)),
          ne(messages.id, message.id),
        ),
      );
    return {
      id: message.id,
      channelId: message.channelId,
      to: { kind: thread?.kind ?? "", value: message.toAddress ?? thread?.value ?? "" },
      sentAt: message.lastAttemptAt ?? message.createdAt,
      externalId: message.externalId,
      text: message.text,
      known: others?.ids ?? [],
    };
  });
}
