import { and, eq, sql } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customerCommunicationPreferences as preferences } from "#db/schema/customers.ts";
import type { TenantTx } from "#db/tenant.ts";
import { notFound } from "#server/core/errors.ts";
import type { Replyable } from "./reply-rules.ts";

/** Whether the customer allows the conversation's channel; null when they never said. */
export const allowedOnChannel = sql<boolean | null>`case ${conversations.channelType}
  when 'whatsapp' then ${preferences.whatsappEnabled}
  when 'sms' then ${preferences.smsEnabled}
  when 'instagram' then ${preferences.instagramEnabled}
  when 'email' then ${preferences.emailEnabled}
  when 'phone' then ${preferences.phoneEnabled} end`;

export interface ReplyableConversation extends Replyable {
  id: string;
  customerId: string;
  channelId: string;
  channelType: (typeof conversations.$inferSelect)["channelType"];
  addressKind: string;
  addressValue: string;
  status: (typeof conversations.$inferSelect)["status"];
}

/** A conversation with what decides whether it may be answered. `not_found` when the tenant has no such one. */
export async function findReplyable(tx: TenantTx, conversationId: string): Promise<ReplyableConversation> {
  const [row] = await tx
    .select({
      id: conversations.id,
      customerId: conversations.customerId,
      channelId: conversations.channelId,
      channelType: conversations.channelType,
      addressKind: conversations.addressKind,
      addressValue: conversations.addressValue,
      status: conversations.status,
      lastInboundAt: conversations.lastInboundAt,
      provider: channelConfigurations.provider,
      enabled: channelConfigurations.enabled,
      configured: channelConfigurations.configured,
      sendingBlocked: channelConfigurations.sendingBlocked,
      allowed: allowedOnChannel,
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
    .where(eq(conversations.id, conversationId));
  if (!row) throw notFound();
  return row;
}
