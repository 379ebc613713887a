import { inArray, sql } from "drizzle-orm";
import { conversations } from "#db/schema/conversations.ts";
import type { TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { Way, WayHindrance } from "./choose-way.ts";
import { byLastWord, hindranceOf } from "./choose-way.ts";
import { readReplyable, selectReplyable } from "./find-replyable.ts";
import { forThisMember } from "./refuse-sender.ts";
import { replyStateOf } from "./reply-rules.ts";

/** A {@link Way} with what people know it by. */
export interface PersonWay extends Way {
  /** In whose thread it is read: another's where it was merged. */
  threadId: string;
  channel: { type: string; name: string };
  /** The customer's, as the channel knows them. */
  address: string;
  /** Of a mail. */
  subject: string | null;
  hindrance: WayHindrance | null;
  unreadCount: number;
}

/** Conversations looked at; of the many threads that a mail address has the latest counts. */
const mostRecent = 100;

/** By which addresses a customer may be answered, those they wrote by last first; `via` is always among them. One statement. */
export async function findWays(
  ctx: Ctx,
  tx: TenantTx,
  { customerId, via = null }: { customerId: string; via?: string | null },
): Promise<PersonWay[]> {
  const chosen = sql`(
    (select distinct on (channel_id, address_kind, address_value) id
       from (select * from conversations
              where tenant_id = ${tx.tenantId}::uuid and customer_id = ${customerId}::uuid
              order by last_message_at desc limit ${sql.raw(String(mostRecent))}) recent
      order by channel_id, address_kind, address_value, last_message_at desc)
     union all
    select id from conversations
     where tenant_id = ${tx.tenantId}::uuid and customer_id = ${customerId}::uuid and id = ${via}::uuid)`;
  const rows = await selectReplyable(tx).where(inArray(conversations.id, chosen));
  return rows.map((row) => wayOf(ctx, row)).toSorted(byLastWord);
}

function wayOf(ctx: Ctx, row: Parameters<typeof readReplyable>[0]): PersonWay {
  const to = readReplyable(row);
  const reply = forThisMember(ctx, to, replyStateOf(to, ctx.clock.now()));
  const way = { conversationId: to.id, reply, lastInboundAt: to.lastInboundAt, lastMessageAt: to.lastMessageAt };
  return {
    ...way,
    reply: { refusal: reply.refusal, waits: reply.waits },
    threadId: to.threadId ?? to.id,
    channel: { type: to.channelType, name: to.channelName },
    address: to.addressValue,
    subject: to.subject,
    hindrance: hindranceOf(way),
    unreadCount: to.unreadCount,
  };
}
