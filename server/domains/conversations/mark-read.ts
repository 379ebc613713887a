import { eq } from "drizzle-orm";
import { customers } from "#db/schema/customers.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { seeSubject } from "#server/domains/notifications/index.ts";
import { enqueueAll } from "#server/jobs/enqueue.ts";
import { conversationChanged } from "./conversation-changed.ts";
import { partsOfThread } from "./find-conversation.ts";
import { readQueue } from "./queues.ts";
import type { ConversationRef, PersonRef } from "./schemas.ts";

/**
 * A member has the thread before their eyes: what came in is read, and where the channel says such things
 * the customer is told, by the newest message. Returns how many messages that were.
 */
export async function markConversationRead(ctx: Ctx, { conversationId }: ConversationRef): Promise<{ read: number }> {
  return withTenant(ctx, async (tx) => {
    const parts = await tx.raw.unsafe<Part[]>(
      partsIn(`c.id in (${partsOfThread("$2::uuid")})`),
      [tx.tenantId, conversationId],
      {
        prepare: true,
      },
    );
    if (parts.length === 0) throw notFound();
    return markRead(ctx, tx, parts);
  });
}

/** The same for all that a customer wrote, on whatever channel. */
export async function markPersonRead(ctx: Ctx, { customerId }: PersonRef): Promise<{ read: number }> {
  return withTenant(ctx, async (tx) => {
    const [customer] = await tx.select({ id: customers.id }).from(customers).where(eq(customers.id, customerId));
    if (!customer) throw notFound();
    const unread = partsIn("c.customer_id = $2::uuid and c.unread_count > 0");
    return markRead(ctx, tx, await tx.raw.unsafe<Part[]>(unread, [tx.tenantId, customerId], { prepare: true }));
  });
}

interface Part {
  id: string;
  threadId: string;
  unread: number;
  provider: string;
  channelType: string;
}

const partsIn = (condition: string) => `
  select c.id, coalesce(c.thread_id, c.id) as "threadId", c.unread_count as unread, channel.provider, c.channel_type as "channelType"
    from conversations c
    join channel_configurations channel on channel.tenant_id = $1 and channel.id = c.channel_id
   where c.tenant_id = $1 and ${condition}`;

async function markRead(ctx: Ctx, tx: TenantTx, parts: readonly Part[]): Promise<{ read: number }> {
  if (parts.every(({ unread }) => unread === 0)) return { read: 0 };
  const rows = await tx.raw.unsafe<{ id: string; conversationId: string; externalId: string | null }[]>(
    `with seen as (
       update messages set read = true
        where tenant_id = $1 and conversation_id = any ($2::uuid[]) and direction = 'in' and not read
       returning id, conversation_id, external_id, occurred_at)
     select id, conversation_id as "conversationId", external_id as "externalId" from seen order by occurred_at, id`,
    [tx.tenantId, parts.map(({ id }) => id)] as never[],
    { prepare: true },
  );
  const inner = { ...ctx, tx };
  const threads = new Set(parts.map(({ threadId }) => threadId));
  for (const threadId of threads) {
    await seeSubject(inner, threadId);
    if (rows.length > 0) conversationChanged(tx, threadId);
  }
  const newest = new Map(rows.filter(({ externalId }) => externalId).map((row) => [row.conversationId, row.id]));
  const told = parts.filter(({ provider, channelType }) => rulesOf(provider, channelType)?.tellsRead);
  const jobs = told.flatMap(({ id }) => {
    const messageId = newest.get(id);
    return messageId ? [{ tenantId: ctx.tenantId, messageId }] : [];
  });
  await enqueueAll(inner, readQueue, jobs);
  return { read: rows.length };
}
