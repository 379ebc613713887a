import { and, asc, eq, sql } from "drizzle-orm";
import { channelConfigurations } from "#db/schema/channels.ts";
import { conversations } from "#db/schema/conversations.ts";
import { customers } from "#db/schema/customers.ts";
import { userProfiles } from "#db/schema/tenants.ts";
import { ticketEvents, tickets } from "#db/schema/tickets.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { type Assignee, listAssignees } from "#server/domains/members/index.ts";

const mostEvents = 300;

/** A ticket with everything its page shows beside the thread. */
export type TicketDetail = Awaited<ReturnType<typeof getTicket>>;

/** The ticket of this number: fields, customer, conversation, timeline with notes, and who it can be given to. */
export async function getTicket(ctx: Ctx, input: { number: number }) {
  return withTenant(ctx, async (tx) => {
    const byNumber = and(eq(tickets.tenantId, ctx.tenantId), eq(tickets.number, input.number));
    const [[found], events, assignees] = await Promise.all([
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
        .where(byNumber),
      tx
        .select({
          id: ticketEvents.id,
          type: ticketEvents.type,
          actorType: ticketEvents.actorType,
          actorName: userProfiles.displayName,
          data: ticketEvents.data,
          createdAt: ticketEvents.createdAt,
        })
        .from(ticketEvents)
        .leftJoin(
          userProfiles,
          and(eq(userProfiles.tenantId, ticketEvents.tenantId), eq(userProfiles.userId, ticketEvents.actorId)),
        )
        .where(
          and(
            eq(ticketEvents.tenantId, ctx.tenantId),
            eq(ticketEvents.ticketId, sql`(select id from tickets where ${byNumber})`),
          ),
        )
        .orderBy(asc(ticketEvents.id))
        .limit(mostEvents),
      listAssignees({ ...ctx, tx }),
    ]);
    if (!found) throw notFound();
    return { ...found, events: events.map((event) => named(event, assignees)), assignees };
  });
}

/** Assignments name people, not ids; those who left keep their id's place empty. */
function named<E extends { type: string; data: Record<string, unknown> }>(event: E, assignees: Assignee[]): E {
  if (event.type !== "assignee") return event;
  const nameOf = (id: unknown) => assignees.find((member) => member.userId === id)?.name ?? null;
  return { ...event, data: { ...event.data, fromName: nameOf(event.data["from"]), toName: nameOf(event.data["to"]) } };
}
