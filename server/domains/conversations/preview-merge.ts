import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { ConversationRef } from "./schemas.ts";

/** What merging a conversation would do, in numbers, and into which it can be merged. */
export interface MergePreview {
  /** Messages that will be read in the other thread. */
  messages: number;
  unread: number;
  /** Tickets whose customer is then answered there. */
  tickets: number;
  /** Replies that will leave all the same, by their own address. */
  scheduled: number;
  /** Drafts and labels that go along. */
  drafts: number;
  labels: number;
  /** Others of the same customer, the latest first. */
  into: MergeTarget[];
}

export interface MergeTarget {
  id: string;
  channelType: string;
  /** The channel's. */
  name: string;
  /** The customer's, on that channel. */
  address: string;
  subject: string | null;
  preview: string | null;
  messages: number;
  lastMessageAt: Date;
}

const mostTargets = 50;

/** Shown before {@link mergeConversations}. One statement; `not_found` in another tenant. */
export async function previewMerge(ctx: Ctx, { conversationId }: ConversationRef): Promise<MergePreview> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<Stored[]>(statement, [ctx.tenantId, conversationId], { prepare: true }),
  );
  if (!row) throw notFound();
  return { ...row, into: row.into.map((one) => ({ ...one, lastMessageAt: new Date(one.lastMessageAt) })) };
}

type Stored = Omit<MergePreview, "into"> & { into: (Omit<MergeTarget, "lastMessageAt"> & { lastMessageAt: string })[] };

const countOf = (table: string, condition = "") =>
  `(select count(*)::int from ${table} x where x.tenant_id = $1 and x.conversation_id = source.id ${condition})`;

const statement = `
  select source.message_count as messages, source.unread_count as unread, ${countOf("tickets")} as tickets,
         ${countOf("scheduled_messages", "and x.status = 'scheduled'")} as scheduled, ${countOf("drafts")} as drafts,
         ${countOf("conversation_labels")} as labels,
         (select coalesce(jsonb_agg(jsonb_build_object('id', other.id, 'channelType', other.channel_type, 'name', channel.name,
                   'address', other.address_value, 'subject', other.subject, 'preview', other.last_message_preview,
                   'messages', other.message_count, 'lastMessageAt', other.last_message_at) order by other.last_message_at desc), '[]')
            from (select * from conversations
                   where tenant_id = $1 and customer_id = source.customer_id and id <> source.id and status not in ('merged', 'spam')
                   order by last_message_at desc limit ${mostTargets}) other
            join channel_configurations channel on channel.tenant_id = $1 and channel.id = other.channel_id) as into
    from conversations source where source.tenant_id = $1 and source.id = $2::uuid`;
