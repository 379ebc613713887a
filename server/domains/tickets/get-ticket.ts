import { and, eq, sql, type SQL } from "drizzle-orm";
import { appointmentsBeside, readAppointments } from "#db/appointments-beside.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import type { callStatuses } from "#db/schema/calls.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customers } from "#db/schema/customers.ts";
import { slaPolicies } from "#db/schema/sla.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { tickets } from "#db/schema/tickets.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { filesOfTicket } from "#server/domains/attachments/index.ts";
import { type Assignee, listAssignees } from "#server/domains/members/index.ts";
import { readTicketForm } from "#server/domains/ticket-forms/index.ts";
import type { GetTicketInput } from "./schemas.ts";
import { readRelations } from "./ticket-relations.ts";
import { readStory } from "./ticket-story.ts";

/** A ticket with everything its page shows beside the thread. */
export type TicketDetail = Awaited<ReturnType<typeof getTicket>>;

/**
 * The ticket of this number: fields, customer, conversation, timeline with notes and their files, the tickets it is tied
 * to, who watches it, what the business asks of tickets, and who it can be given to. All of it in one go.
 */
export async function getTicket(ctx: Ctx, { number, before }: GetTicketInput) {
  return withTenant(ctx, async (tx) => {
    const byNumber = and(eq(tickets.tenantId, ctx.tenantId), eq(tickets.number, number));
    const inner = { ...ctx, tx };
    const [[found], story, files, relations, watchers, form, assignees] = await Promise.all([
      tx
        .select({
          ticket: tickets,
          customer: {
            id: customers.id,
            name: customers.displayName,
            phone: customers.phone,
            email: customers.email,
            segment: customers.segment,
            totalTickets: customers.totalTickets,
            totalConversations: customers.totalConversations,
            totalRevenueCents: customers.totalRevenueCents,
            currency: customers.currency,
            lastContactAt: customers.lastContactAt,
          },
          conversation: { id: conversations.id, status: conversations.status },
          channelName: channelConfigurations.name,
          assigneeName: userProfiles.displayName,
          slaPolicyName: slaPolicies.name,
          teams: teamsOfTenant,
          appointments: appointmentsBeside(sql`${tickets.tenantId}`, sql`${tickets.customerId}`, ctx.clock.now()),
          calls: callsOfTicket,
        })
        .from(tickets)
        .leftJoin(customers, and(eq(customers.tenantId, tickets.tenantId), eq(customers.id, tickets.customerId)))
        .leftJoin(
          conversations,
          and(eq(conversations.tenantId, tickets.tenantId), eq(conversations.id, tickets.conversationId)),
        )
        .leftJoin(
          channelConfigurations,
          and(
            eq(channelConfigurations.tenantId, conversations.tenantId),
            eq(channelConfigurations.id, conversations.channelId),
          ),
        )
        .leftJoin(
          userProfiles,
          and(eq(userProfiles.tenantId, tickets.tenantId), eq(userProfiles.userId, tickets.assigneeId)),
        )
        .leftJoin(slaPolicies, and(eq(slaPolicies.tenantId, tickets.tenantId), eq(slaPolicies.id, tickets.slaPolicyId)))
        .where(byNumber),
      readStory(tx, number, before ?? null),
      filesOfTicket(inner, idsOfStory(ctx.tenantId, number)),
      readRelations(tx, number),
      watchersOf(tx, number),
      readTicketForm(inner),
      listAssignees(inner),
    ]);
    if (!found) throw notFound();
    const filesOf = Map.groupBy(files, (file) => file.noteId);
    const events = story.events.map((event) => ({ ...named(event, assignees), files: filesOf.get(event.id) ?? [] }));
    const { appointments, calls, ...ticket } = found;
    return {
      ...ticket,
      appointments: readAppointments(appointments),
      calls: calls.map((call) => ({ ...call, startedAt: new Date(call.startedAt) })),
      events,
      earlier: story.before,
      relations,
      watchers,
      form,
      assignees,
    };
  });
}

/** Those that it can be given to. */
const teamsOfTenant = sql<{ id: string; name: string }[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'name', t.name) order by t.name, t.id), '[]')
    from teams t where t.tenant_id = ${tickets.tenantId})`;

type CallStatus = (typeof callStatuses)[number];

/** A phone call that is about a ticket. */
export interface CallOfTicket {
  id: string;
  direction: "in" | "out";
  status: CallStatus;
  startedAt: Date;
  summary: string | null;
}

/** The latest calls that are about it. */
const callsOfTicket = sql<(Omit<CallOfTicket, "startedAt"> & { startedAt: string })[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'direction', c.direction, 'status', c.status, 'startedAt', c.started_at,
           'summary', left(c.summary, 200)) order by c.started_at desc), '[]')
    from (select * from call_logs where tenant_id = ${tickets.tenantId} and ticket_id = ${tickets.id}
           order by started_at desc limit 20) c)`;

/** The ids of the ticket and of what was merged into it, as a subquery. */
function idsOfStory(tenantId: string, number: number): SQL {
  return sql`
    with recursive merged (id) as (
      select id from tickets where tenant_id = ${tenantId} and number = ${number}
      union select t.id from merged join tickets t on t.tenant_id = ${tenantId} and t.merged_into_id = merged.id)
    select id from merged`;
}

/** Who follows it, by name. */
async function watchersOf(tx: TenantTx, number: number): Promise<{ userId: string; name: string }[]> {
  return tx.raw.unsafe(
    `select w.user_id as "userId", p.display_name as name
       from ticket_watchers w join user_profiles p on p.tenant_id = $1 and p.user_id = w.user_id
      where w.tenant_id = $1 and w.ticket_id = (select id from tickets where tenant_id = $1 and number = $2::bigint)
      order by p.display_name, w.user_id`,
    [tx.tenantId, number],
    { prepare: true },
  );
}

/** Assignments name people, not ids; those who left keep their id's place empty. */
function named<E extends { type: string; data: Record<string, unknown> }>(event: E, assignees: Assignee[]): E {
  if (event.type !== "assignee") return event;
  const nameOf = (id: unknown) => assignees.find((member) => member.userId === id)?.name ?? null;
  return { ...event, data: { ...event.data, fromName: nameOf(event.data["from"]), toName: nameOf(event.data["to"]) } };
}
