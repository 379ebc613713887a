import { and, eq, sql } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customerCommunicationPreferences as preferences } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { notFound } from "#server/core/errors.ts";
import type { OpenComment, Replyable } from "./reply-rules.ts";

/** Whether the customer allows the conversation's channel; null when they never said. */
export const allowedOnChannel = sql<boolean | null>`case ${conversations.channelType}
  when 'whatsapp' then ${preferences.whatsappEnabled}
  when 'sms' then ${preferences.smsEnabled}
  when 'instagram' then ${preferences.instagramEnabled}
  when 'email' then ${preferences.emailEnabled}
  when 'phone' then ${preferences.phoneEnabled} end`;

/** Whether the business lets only the assignee write. */
export const onlyAssigneeSends = sql<boolean>`(select only_assignee_sends from tenants where id = ${conversations.tenantId})`;

/** Whom the thread is assigned to that the conversation is read in: its own, unless it was merged. */
export const assigneeOfThread = sql<
  string | null
>`case when ${conversations.threadId} is null then ${conversations.assigneeId}
  else (select thread.assignee_id from conversations thread
         where thread.tenant_id = ${conversations.tenantId} and thread.id = ${conversations.threadId}) end`;

/** How far back comments are looked for: no provider lets older ones be answered in private. */
const recently = sql.raw("now() - interval '7 days'");

/** The newest public comment of the person that no private answer was sent to. */
export const openComment = sql<FoundComment | null>`case ${conversations.channelType} when 'instagram' then (
  select jsonb_build_object('id', comment.data -> 'comment' ->> 'id', 'at', comment.occurred_at)
    from messages comment
   where comment.tenant_id = ${conversations.tenantId} and comment.conversation_id = ${conversations.id}
     and comment.occurred_at > ${recently}
     and comment.direction = 'in' and comment.data -> 'comment' is not null and comment.deleted_at is null
     and not exists (
       select from messages answer
        where answer.tenant_id = comment.tenant_id and answer.conversation_id = comment.conversation_id
          and answer.occurred_at > ${recently} and answer.direction = 'out'
          and answer.status <> 'failed' and answer.data ->> 'privateReplyTo' = comment.data -> 'comment' ->> 'id')
   order by comment.occurred_at desc, comment.id desc limit 1) end`;

/**
 * When the provider refused a text because its window was closed, since the customer last wrote: it counts
 * from when they wrote, we from when that reached us.
 */
export const windowRefusedAt = sql<
  string | null
>`case when ${conversations.channelType} in ('whatsapp', 'instagram') then (
  select min(refused.occurred_at)
    from messages refused
   where refused.tenant_id = ${conversations.tenantId} and refused.conversation_id = ${conversations.id}
     and refused.occurred_at > ${conversations.lastInboundAt}
     and refused.direction = 'out' and refused.status = 'failed' and refused.data ->> 'refusal' = 'window') end`;

interface FoundComment {
  id: string;
  at: string;
}

/** {@link openComment} as it comes from the database. */
export function readOpenComment(found: FoundComment | null): OpenComment | null {
  return found && { id: found.id, at: new Date(found.at) };
}

/** {@link windowRefusedAt} as it comes from the database. */
export function readInstant(found: string | null): Date | null {
  return found === null ? null : new Date(found);
}

export interface ReplyableConversation extends Replyable {
  id: string;
  /** In whose thread it is read, where it was merged into another; null: in its own. */
  threadId: string | null;
  customerId: string;
  channelId: string;
  channelType: (typeof conversations.$inferSelect)["channelType"];
  addressKind: string;
  addressValue: string;
  status: (typeof conversations.$inferSelect)["status"];
  /** Of the thread. */
  assigneeId: string | null;
  /** The business's own rule: whoever else writes is refused. */
  onlyAssigneeSends: boolean;
}

/** A conversation with what decides whether it may be answered. `not_found` when the tenant has no such one. */
export async function findReplyable(tx: TenantTx, conversationId: string): Promise<ReplyableConversation> {
  const [row] = await selectReplyable(tx).where(eq(conversations.id, conversationId));
  if (!row) throw notFound();
  return readReplyable(row);
}

/** Conversations with what decides whether they may be answered, to be narrowed; read with {@link readReplyable}. */
export function selectReplyable(tx: TenantTx) {
  return tx
    .select({
      id: conversations.id,
      threadId: conversations.threadId,
      customerId: conversations.customerId,
      channelId: conversations.channelId,
      channelType: conversations.channelType,
      channelName: channelConfigurations.name,
      addressKind: conversations.addressKind,
      addressValue: conversations.addressValue,
      subject: conversations.subject,
      status: conversations.status,
      assigneeId: assigneeOfThread,
      onlyAssigneeSends,
      unreadCount: conversations.unreadCount,
      lastMessageAt: conversations.lastMessageAt,
      lastInboundAt: conversations.lastInboundAt,
      provider: channelConfigurations.provider,
      enabled: channelConfigurations.enabled,
      configured: channelConfigurations.configured,
      sendingBlocked: channelConfigurations.sendingBlocked,
      allowed: allowedOnChannel,
      openComment,
      windowRefusedAt,
    })
    .from(conversations)
    .innerJoin(
      channelConfigurations,
      and(
        eq(channelConfigurations.tenantId, conversations.tenantId),
        eq(channelConfigurations.id, conversations.channelId),
      ),
    )
    .leftJoin(
      preferences,
      and(eq(preferences.tenantId, conversations.tenantId), eq(preferences.customerId, conversations.customerId)),
    )
    .$dynamic();
}

type Selected = Awaited<ReturnType<typeof selectReplyable>>[number];

export function readReplyable(row: Selected) {
  return { ...row, openComment: readOpenComment(row.openComment), windowRefusedAt: readInstant(row.windowRefusedAt) };
}
