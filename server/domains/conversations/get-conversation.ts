import { and, eq, sql } from "drizzle-orm";
import type { AppointmentBeside } from "#db/appointments-beside.ts";
import { appointmentsBeside, readAppointments } from "#db/appointments-beside.ts";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import type { ConversationStatus } from "#db/schema/conversations.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customerCommunicationPreferences as preferences, customers } from "#db/schema/customers.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import type { Label } from "#server/domains/labels/index.ts";
import type { MailThread } from "./compose-mail.ts";
import { mailThreadOf } from "./compose-mail.ts";
import {
  allowedOnChannel,
  assigneeOfThread,
  onlyAssigneeSends,
  openComment,
  readInstant,
  readOpenComment,
  windowRefusedAt,
} from "./find-replyable.ts";
import { forThisMember } from "./refuse-sender.ts";
import type { ReplyState } from "./reply-rules.ts";
import { replyStateOf } from "./reply-rules.ts";
import type { ConversationRef } from "./schemas.ts";

export interface ConversationDetail {
  id: string;
  status: ConversationStatus;
  archived: boolean;
  snoozedUntil: Date | null;
  /** Its customer is blocked: what they write is kept and makes no noise. */
  blocked: boolean;
  /** Every label of the business, and which of them it bears. */
  labels: (Label & { on: boolean })[];
  unreadCount: number;
  waitingSince: Date | null;
  createdAt: Date;
  lastMessageAt: Date;
  channel: { id: string; type: string; name: string; provider: string; address: string | null };
  assignee: { id: string; name: string } | null;
  team: { id: string; name: string } | null;
  /** Those that it can be given to. */
  teams: { id: string; name: string }[];
  /** The conversation that it goes on in; null unless merged. */
  mergedIntoId: string | null;
  /** In whose thread it is read: its own, unless it was merged. */
  threadId: string;
  /** What goes on here, and can be parted again. */
  merged: MergedHere[];
  reply: ReplyState;
  /** What a reply will be called and whom it reaches, on a mail channel. */
  mail: MailThread | null;
  customer: CustomerPanel;
}

/** A conversation that was merged into another. */
export interface MergedHere {
  id: string;
  channelType: string;
  /** The channel's. */
  name: string;
  /** The customer's, on that channel. */
  address: string;
  subject: string | null;
  messages: number;
}

export interface CustomerPanel {
  id: string;
  name: string;
  firstName: string | null;
  segment: string;
  city: string | null;
  language: string;
  totalOrders: number;
  totalRevenueCents: number;
  currency: string;
  totalConversations: number;
  createdAt: Date;
  source: string;
  identities: { kind: string; value: string; primary: boolean }[];
  tags: string[];
  tickets: PanelTicket[];
  appointments: AppointmentBeside[];
  timeline: { type: string; channel: string | null; description: string; at: Date; by: string | null }[];
}

export interface PanelTicket {
  number: number;
  subject: string;
  status: string;
  priority: string;
  source: string;
  createdAt: Date;
  resolvedAt: Date | null;
  /** Opened from this very conversation. */
  here: boolean;
}

type Raw<T> = { [K in keyof T]: T[K] extends Date ? string : T[K] extends Date | null ? string | null : T[K] };

const identities = sql<CustomerPanel["identities"]>`(
  select coalesce(jsonb_agg(jsonb_build_object('kind', kind, 'value', value, 'primary', is_primary) order by is_primary desc, id), '[]')
    from customer_identities i where i.tenant_id = ${conversations.tenantId} and i.customer_id = ${conversations.customerId})`;
const teams = sql<{ id: string; name: string }[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name, t.id), '[]')
    from teams t where t.tenant_id = ${conversations.tenantId})`;
const tags = sql<string[]>`(
  select coalesce(jsonb_agg(tag order by tag), '[]') from customer_tags g
   where g.tenant_id = ${conversations.tenantId} and g.customer_id = ${conversations.customerId})`;
const labels = sql<ConversationDetail["labels"]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', l.id, 'name', l.name, 'colour', l.colour, 'on', exists (
           select from conversation_labels b
            where b.tenant_id = l.tenant_id and b.conversation_id = ${conversations.id} and b.label_id = l.id)) order by l.name), '[]')
    from labels l where l.tenant_id = ${conversations.tenantId})`;
const merged = sql<MergedHere[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', part.id, 'channelType', part.channel_type, 'name', way.name,
           'address', part.address_value, 'subject', part.subject, 'messages', part.message_count) order by part.id), '[]')
    from conversations part
    join channel_configurations way on way.tenant_id = part.tenant_id and way.id = part.channel_id
   where part.tenant_id = ${conversations.tenantId} and part.thread_id = ${conversations.id} and part.merged_into_id = ${conversations.id})`;
const tickets = sql<Raw<PanelTicket>[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('number', number, 'subject', subject, 'status', status, 'priority', priority,
    'source', source, 'createdAt', created_at, 'resolvedAt', resolved_at, 'here', conversation_id is not distinct from ${conversations.id} or exists (
      select from conversations part where part.tenant_id = latest.tenant_id and part.id = latest.conversation_id and part.thread_id = ${conversations.id}))
    order by id desc), '[]')
    from (select * from tickets k where k.tenant_id = ${conversations.tenantId} and k.customer_id = ${conversations.customerId}
           order by k.id desc limit 8) latest)`;
const timeline = sql<Raw<CustomerPanel["timeline"][number]>[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('type', a.type, 'channel', a.channel, 'description', left(a.description, 200),
    'at', a.occurred_at, 'by', p.display_name) order by a.occurred_at desc, a.id desc), '[]')
    from (select * from customer_activities x where x.tenant_id = ${conversations.tenantId} and x.customer_id = ${conversations.customerId}
           order by x.occurred_at desc, x.id desc limit 8) a
    left join user_profiles p on p.tenant_id = a.tenant_id and p.user_id = a.created_by)`;

/** One conversation with what decides about replying, and the customer beside it. One statement; `not_found` in another tenant. */
export async function getConversation(ctx: Ctx, { conversationId }: ConversationRef): Promise<ConversationDetail> {
  const [row] = await withTenant(ctx, (tx) =>
    tx
      .select({
        conversation: conversations,
        customer: customers,
        assigneeName: userProfiles.displayName,
        allowed: allowedOnChannel,
        openComment,
        windowRefusedAt,
        onlyAssigneeSends,
        assigneeOfThread,
        merged,
        teams,
        channelName: channels.name,
        provider: channels.provider,
        enabled: channels.enabled,
        configured: channels.configured,
        sendingBlocked: channels.sendingBlocked,
        address: channels.displayPhoneNumber,
        signature: channels.mailSignature,
        identities,
        labels,
        tags,
        tickets,
        appointments: appointmentsBeside(
          sql`${conversations.tenantId}`,
          sql`${conversations.customerId}`,
          ctx.clock.now(),
        ),
        timeline,
      })
      .from(conversations)
      .innerJoin(
        customers,
        and(eq(customers.tenantId, conversations.tenantId), eq(customers.id, conversations.customerId)),
      )
      .innerJoin(channels, and(eq(channels.tenantId, conversations.tenantId), eq(channels.id, conversations.channelId)))
      .leftJoin(
        preferences,
        and(eq(preferences.tenantId, conversations.tenantId), eq(preferences.customerId, conversations.customerId)),
      )
      .leftJoin(
        userProfiles,
        and(eq(userProfiles.tenantId, conversations.tenantId), eq(userProfiles.userId, conversations.assigneeId)),
      )
      .where(eq(conversations.id, conversationId)),
  );
  if (!row) throw notFound();
  const { conversation: c, customer } = row;
  return {
    id: c.id,
    status: c.status,
    archived: c.archived,
    snoozedUntil: c.snoozedUntil,
    blocked: customer.status === "blocked",
    labels: row.labels,
    unreadCount: c.unreadCount,
    waitingSince: c.waitingSince,
    createdAt: c.createdAt,
    lastMessageAt: c.lastMessageAt,
    channel: {
      id: c.channelId,
      type: c.channelType,
      name: row.channelName,
      provider: row.provider,
      address: row.address,
    },
    assignee: c.assigneeId ? { id: c.assigneeId, name: row.assigneeName ?? "" } : null,
    team: row.teams.find(({ id }) => id === c.teamId) ?? null,
    teams: row.teams,
    mergedIntoId: c.mergedIntoId,
    threadId: c.threadId ?? c.id,
    merged: row.merged,
    reply: forThisMember(
      ctx,
      { assigneeId: row.assigneeOfThread, onlyAssigneeSends: row.onlyAssigneeSends },
      replyStateOf(
        {
          ...row,
          channelType: c.channelType,
          lastInboundAt: c.lastInboundAt,
          openComment: readOpenComment(row.openComment),
          windowRefusedAt: readInstant(row.windowRefusedAt),
        },
        ctx.clock.now(),
      ),
    ),
    mail: c.channelType === "email" ? mailThreadOf({ ...c, ownAddress: row.address, signature: row.signature }) : null,
    customer: {
      id: customer.id,
      name: customer.displayName,
      firstName: customer.firstName,
      segment: customer.segment,
      city: customer.city,
      language: customer.language,
      totalOrders: customer.totalOrders,
      totalRevenueCents: customer.totalRevenueCents,
      currency: customer.currency,
      totalConversations: customer.totalConversations,
      createdAt: customer.createdAt,
      source: customer.source,
      identities: row.identities,
      tags: row.tags,
      tickets: row.tickets.map((ticket) => ({
        ...ticket,
        createdAt: new Date(ticket.createdAt),
        resolvedAt: ticket.resolvedAt ? new Date(ticket.resolvedAt) : null,
      })),
      appointments: readAppointments(row.appointments),
      timeline: row.timeline.map((entry) => ({ ...entry, at: new Date(entry.at) })),
    },
  };
}
