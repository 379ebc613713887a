import { and, eq, isNotNull, isNull, or, sql } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { messages } from "#db/schema/messages.ts";
import { customerActivities } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { recordChannelHealth } from "#server/domains/channels/index.ts";
import type { LiveAnswer, LiveQuestion } from "#server/providers/contract.ts";
import { conversationChanged, threadChanged } from "./conversation-changed.ts";
import { ruleKey } from "./reply-by-rule.ts";
import { findWritten } from "./write-inbound.ts";

/** The sender of a message waits for the answer to its post. */
export interface Waiting {
  /** Resolves when the message was taken in, and its channel's rule followed. */
  applied(): Promise<void>;
  /** Nobody waits any longer. */
  tooLate: AbortSignal;
}

type MessageAnswer = Extract<LiveAnswer, { kind: "message" }>;
const silence: MessageAnswer = { kind: "message", text: null };

/**
 * Gives the automatic reply to a message along with the answer to its post: from then on it is `sent`,
 * and its job finds nothing to do. A post that comes again is given the same. When the reply is not
 * there in time the job sends it through the provider's API instead.
 */
export async function answerMessage(
  ctx: Ctx,
  channelId: string,
  { messageId }: Extract<LiveQuestion, { kind: "message" }>,
  { applied, tooLate }: Waiting,
): Promise<MessageAnswer> {
  if (!(await hasRule(ctx, channelId))) return silence;
  await applied();
  if (tooLate.aborted) return silence;
  const reply = await takeReply(ctx, channelId, messageId);
  if (!reply) return silence;
  if (tooLate.aborted) {
    await giveBack(ctx, reply.id);
    return silence;
  }
  return { kind: "message", text: reply.text, trackingId: reply.id };
}

async function hasRule(ctx: Ctx, channelId: string): Promise<boolean> {
  const { autoReply, awayMessage } = channelConfigurations;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id: channelConfigurations.id })
      .from(channelConfigurations)
      .where(and(eq(channelConfigurations.id, channelId), or(isNotNull(autoReply), isNotNull(awayMessage)))),
  );
  return rows.length > 0;
}

async function takeReply(
  scope: Ctx,
  channelId: string,
  externalId: string,
): Promise<{ id: string; text: string } | null> {
  return withTenant(scope, async (tx) => {
    const ctx = { ...scope, tx };
    const inbound = (await findWritten(ctx, [{ channelId, externalId }])).get(`${channelId} ${externalId}`);
    if (!inbound) return null;
    const [reply] = await tx
      .select()
      .from(messages)
      .where(eq(messages.idempotencyKey, ruleKey(inbound.messageId)))
      .for("update");
    if (!reply) return null;
    const { id, text, data } = reply;
    if (data?.answered === true) return { id, text };
    if (reply.status !== "pending" || reply.sending) return null;
    const now = ctx.clock.now();
    await tx
      .update(messages)
      .set({
        status: "sent",
        sentAt: now,
        attempts: 1,
        lastAttemptAt: now,
        data: { ...data, answered: true },
        updatedAt: now,
      })
      .where(eq(messages.id, id));
    await noteSent(ctx, tx, reply);
    return { id, text };
  });
}

async function noteSent(ctx: Ctx, tx: TenantTx, reply: typeof messages.$inferSelect): Promise<void> {
  const { id: messageId, customerId, conversationId, channelId, channelType, text } = reply;
  const now = ctx.clock.now();
  await tx.insert(customerActivities).values({
    tenantId: ctx.tenantId,
    id: newId(),
    customerId,
    type: "message_sent",
    channel: channelType,
    description: text.slice(0, 200),
    messageId,
    conversationId,
    occurredAt: now,
  });
  await recordChannelHealth(ctx, { channelId, outboundAt: now });
  conversationChanged(tx, conversationId);
  threadChanged(tx, conversationId);
}

/** The answer left without it: its job, which waits until now is over, sends it. */
async function giveBack(ctx: Ctx, messageId: string): Promise<void> {
  await withTenant(ctx, async (tx) => {
    const [reply] = await tx
      .update(messages)
      .set({
        status: "pending",
        sentAt: null,
        attempts: 0,
        data: sql`${messages.data} - 'answered'`,
        updatedAt: ctx.clock.now(),
      })
      .where(and(eq(messages.id, messageId), eq(messages.status, "sent"), isNull(messages.externalId)))
      .returning({ conversationId: messages.conversationId, customerId: messages.customerId });
    if (!reply) return;
    const { customerId, messageId: about } = customerActivities;
    await tx.delete(customerActivities).where(and(eq(customerId, reply.customerId), eq(about, messageId)));
    conversationChanged(tx, reply.conversationId);
    threadChanged(tx, reply.conversationId);
  });
}
