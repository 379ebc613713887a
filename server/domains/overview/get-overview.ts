import { customerNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import type { ticketPriorities, ticketStatuses } from "#db/schema/tickets.ts";
import { allows } from "#server/auth/permissions.ts";
import { listAlerts } from "#server/domains/alerts/index.ts";
import { listChannels } from "#server/domains/channels/index.ts";
import { countConversations } from "#server/domains/conversations/index.ts";
import { countTickets } from "#server/domains/tickets/index.ts";
import { countVolumes } from "./count-volumes.ts";

const cap = 1001;

export interface WaitingTicket {
  number: number;
  subject: string;
  status: (typeof ticketStatuses)[number];
  priority: (typeof ticketPriorities)[number];
  customerName: string | null;
  dueAt: Date | null;
  updatedAt: Date;
  mine: boolean;
}

export interface RecentActivity {
  id: string;
  type: string;
  channel: string | null;
  description: string;
  amountCents: number | null;
  currency: string | null;
  customerId: string;
  customerName: string;
  conversationId: string | null;
  number: number | null;
  occurredAt: Date;
}

/** What a new tenant has done so far. */
export interface FirstSteps {
  channelConnected: boolean;
  messageReceived: boolean;
  messageAnswered: boolean;
  colleagueInvited: boolean;
}

/** What needs the member now: counts, the most pressing tickets, how the channels are, what just happened. */
export async function getOverview(ctx: Ctx) {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const me = memberId(ctx);
    const ask = <T extends object>(statement: string, params: unknown[]) =>
      tx.raw.unsafe<T[]>(statement, params as never[], { prepare: true });
    const [conversations, tickets, channels, volumes, [unread], pressing, activities, [steps], alerts] =
      await Promise.all([
        countConversations(inner),
        countTickets(inner, tx),
        listChannels(inner),
        countVolumes(inner),
        ask<{ unread: number }>(unreadStatement, [ctx.tenantId]),
        ask<WaitingTicket>(pressingStatement, [ctx.tenantId, me]),
        ask<RecentActivity>(activityStatement, [ctx.tenantId]),
        ask<FirstSteps>(stepsStatement, [ctx.tenantId]),
        seesAlerts(ctx) ? listAlerts(inner) : [],
      ]);
    if (!steps) throw new Error("the steps answered nothing");
    return {
      counts: { unread: unread?.unread ?? 0, conversations, tickets },
      channels,
      alerts,
      volumes,
      pressing: [...pressing],
      activities: [...activities],
      steps: { ...steps },
    };
  });
}
export type Overview = Awaited<ReturnType<typeof getOverview>>;

function seesAlerts({ actor }: Ctx): boolean {
  return actor.type === "member" && allows(actor.role, "channels.write");
}

const unreadStatement = `select count(*)::int as unread from (
  select 1 from conversations where tenant_id = $1 and unread_count > 0 and status = 'open' order by id limit ${cap}) x`;

const pressingStatement = `
  select t.number::int as number, t.subject, t.status, t.priority, ${customerNameOf("t.customer_id")} as "customerName", t.due_at as "dueAt",
    t.updated_at as "updatedAt", t.assignee_id is not null as mine
  from (
    (select number, subject, status, priority, priority_rank, customer_id, assignee_id, due_at, updated_at from tickets
      where tenant_id = $1 and status in ('open', 'in_progress', 'waiting_customer') and status <> 'waiting_customer' and assignee_id = $2::uuid
      order by priority_rank desc, updated_at desc limit 6)
    union all
    (select number, subject, status, priority, priority_rank, customer_id, assignee_id, due_at, updated_at from tickets
      where tenant_id = $1 and status in ('open', 'in_progress', 'waiting_customer') and status <> 'waiting_customer' and assignee_id is null
      order by priority_rank desc, updated_at desc limit 6)
  ) t
  order by t.priority_rank desc, (t.assignee_id is null), t.updated_at desc limit 6`;

const activityStatement = `
  select a.id, a.type, a.channel, left(a.description, 160) as description, a.amount_cents as "amountCents", a.currency,
    a.customer_id as "customerId", ${customerNameOf("a.customer_id")} as "customerName", a.conversation_id as "conversationId",
    (a.metadata->>'number')::int as number, a.occurred_at as "occurredAt"
  from (select * from customer_activities where tenant_id = $1 order by occurred_at desc, id desc limit 8) a
  order by a.occurred_at desc, a.id desc`;

const stepsStatement = `select
  exists (select from channel_configurations where tenant_id = $1 and configured) as "channelConnected",
  exists (select from conversations where tenant_id = $1 and last_inbound_at is not null) as "messageReceived",
  exists (select from conversations where tenant_id = $1 and last_outbound_at is not null) as "messageAnswered",
  (select count(*) > 1 from memberships where tenant_id = $1)
    or exists (select from invitations where tenant_id = $1 and revoked_at is null) as "colleagueInvited"`;
