import { and, eq, inArray, sql } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { ChannelType, PersonRef } from "#server/providers/contract.ts";
import type { ReplyableConversation } from "./find-replyable.ts";
import { findReplyable, readReplyable, selectReplyable } from "./find-replyable.ts";
import { placeMessages } from "./place-messages.ts";
import type { ReplyState } from "./reply-rules.ts";
import { replyStateOf } from "./reply-rules.ts";

/** A channel by which a program may write to a customer, or why it may not. */
export interface Reach {
  channelId: string;
  channelType: ChannelType;
  /** The customer's latest conversation there; null: none was opened yet. */
  conversationId: string | null;
  /** What they are written to under, where none was: their phone or mail. */
  address: string;
  reply: ReplyState;
}

interface NewReach {
  channelId: string;
  channelType: ChannelType;
  provider: string;
  sendingBlocked: string | null;
  allowed: boolean;
  address: string;
}

/**
 * By which channels a customer can be written to: where they have a conversation, and where one can be opened because we know
 * their phone or mail. Of a kind on which nothing was said yet only the business's first channel is named. Two statements.
 */
export async function findReaches(ctx: Ctx, tx: TenantTx, customerId: string): Promise<Reach[]> {
  const latestOfEach = sql`(
    select distinct on (channel_id) id from conversations
     where tenant_id = ${tx.tenantId}::uuid and customer_id = ${customerId}::uuid and status not in ('spam', 'merged')
     order by channel_id, last_message_at desc)`;
  const [known, opened] = await Promise.all([
    selectReplyable(tx).where(and(eq(conversations.customerId, customerId), inArray(conversations.id, latestOfEach))),
    tx.raw.unsafe<NewReach[]>(openableStatement, [tx.tenantId, customerId], { prepare: true }),
  ]);
  const now = ctx.clock.now();
  const there = known.map((row) => {
    const to = readReplyable(row);
    return {
      channelId: to.channelId,
      channelType: to.channelType,
      conversationId: to.id,
      address: to.addressValue,
      reply: replyStateOf(to, now, { by: "program" }),
    };
  });
  const types = new Set<string>(
    there.filter(({ reply }) => reply.refusal !== "channel_paused").map((one) => one.channelType),
  );
  return [...there, ...opened.filter(({ channelType }) => !types.has(channelType)).map((one) => newReach(one, now))];
}

function newReach({ channelId, channelType, address, ...channel }: NewReach, now: Date): Reach {
  const nothingSaid = { lastInboundAt: null, windowRefusedAt: null, openComment: null };
  const to = { ...channel, ...nothingSaid, channelType, enabled: true, configured: true };
  return { channelId, channelType, conversationId: null, address, reply: replyStateOf(to, now, { by: "program" }) };
}

/** Channels that know people by what the customer's record holds of them, the oldest of each kind. */
const openableStatement = `
  select distinct on (channel.channel_type) channel.id as "channelId", channel.channel_type as "channelType", channel.provider,
         channel.sending_blocked as "sendingBlocked",
         coalesce(case channel.channel_type when 'email' then wish.email_enabled when 'sms' then wish.sms_enabled else wish.whatsapp_enabled end,
                  true) as allowed,
         case channel.channel_type when 'email' then customer.email else customer.phone end as address
    from channel_configurations channel
    join customers customer on customer.tenant_id = $1 and customer.id = $2::uuid
    left join customer_communication_preferences wish on wish.tenant_id = $1 and wish.customer_id = customer.id
   where channel.tenant_id = $1 and channel.channel_type in ('whatsapp', 'sms', 'email') and channel.enabled and channel.configured
     and case channel.channel_type when 'email' then customer.email else customer.phone end is not null
   order by channel.channel_type, channel.sending_blocked is not null, channel.created_at, channel.id`;

/**
 * The conversation of a {@link Reach}, opened where there was none: put away as done at once, since nobody has written there. A
 * mail has a thread of its own, called `subject`. null where the address turns out to be another customer's.
 */
export async function openReach(
  ctx: Ctx,
  tx: TenantTx,
  { customerId, reach, subject }: { customerId: string; reach: Reach; subject: string },
): Promise<ReplyableConversation | null> {
  const { channelId, channelType, conversationId, address } = reach;
  if (conversationId) return findReplyable(tx, conversationId);
  const kind = channelType === "email" ? "email" : "phone";
  const person: PersonRef = { identities: [{ kind, value: address, raw: address }], name: null };
  const occurredAt = ctx.clock.now();
  const to = { customerId, ambiguous: false, channelId, channelType, person, occurredAt };
  const thread = { subject, references: [], token: null, participants: [address], automatic: false };
  const mail = channelType === "email" ? { messageId: newId(), direction: "out" as const, thread } : {};
  const [place] = await placeMessages({ ...ctx, tx }, [{ ...to, ...mail }]);
  if (!place || place.customerId !== customerId || place.quiet) return null;
  if (place.isNew) {
    await tx
      .update(conversations)
      .set({ status: "resolved", resolvedAt: occurredAt })
      .where(and(eq(conversations.tenantId, tx.tenantId), eq(conversations.id, place.conversationId)));
  }
  return findReplyable(tx, place.conversationId);
}
