import { and, eq, inArray, isNull } from "drizzle-orm";
import { openTicketStatuses, tickets } from "#db/schema/tickets.ts";
import { withTenant, type TenantTx } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { readFieldValues, readTicketForm } from "#server/domains/ticket-forms/index.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { ResolveTicketInput, TicketInput } from "./schemas.ts";
import { resolveTicketInput, ticketInput } from "./schemas.ts";
import type { Ticket } from "./ticket-changes.ts";
import { isDone, moveTo, refuseMerged, setFieldValues, together } from "./ticket-changes.ts";

/**
 * Resolves with what was done, kept for the next one who asks, and with the fields that were still missing; its open
 * children with it where that is wanted, all or none. Resolving again replaces the notes.
 */
export async function resolveTicket(ctx: Ctx, input: ResolveTicketInput): Promise<void> {
  const { ticketId, notes, fields: given, children } = resolveTicketInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const fields = given ? (await readTicketForm(inner)).fields : [];
    const parts = children ? await openChildren(ctx, tx, ticketId) : [];
    const move = (ticket: Ticket, words?: string) => moveTo(ticket, "resolved", ctx.clock.now(), memberId(ctx), words);
    await alterTickets(inner, [ticketId], (ticket) => {
      refuseMerged(ticket);
      return together(
        given ? setFieldValues(ticket, readFieldValues(fields, given, ticket.fields), fields) : null,
        move(ticket, notes),
      );
    });
    if (parts.length > 0) await alterTickets(inner, parts, (ticket) => move(ticket)).catch(withoutFields);
  });
}

/** What a child lacks stands beside no field of its parent's form. */
function withoutFields(error: unknown): never {
  if (error instanceof DomainError && error.code === "invalid") throw new DomainError("conflict", "fields_required");
  throw error;
}

/** The children that are still being worked on. */
async function openChildren(ctx: Ctx, tx: TenantTx, ticketId: string): Promise<string[]> {
  const rows = await tx
    .select({ id: tickets.id })
    .from(tickets)
    .where(
      and(
        eq(tickets.tenantId, ctx.tenantId),
        eq(tickets.parentId, ticketId),
        inArray(tickets.status, [...openTicketStatuses]),
        isNull(tickets.mergedIntoId),
      ),
    );
  return rows.map((row) => row.id);
}

/** Closes for good: a customer's reply no longer reopens it. */
export async function closeTicket(ctx: Ctx, input: TicketInput): Promise<void> {
  const { ticketId } = ticketInput.parse(input);
  await alterTickets(ctx, [ticketId], (ticket) => moveTo(ticket, "closed", ctx.clock.now(), memberId(ctx)));
}

/** Opens a resolved or closed ticket again; one that is open stays as it is, one that was merged is refused. */
export async function reopenTicket(ctx: Ctx, input: TicketInput): Promise<void> {
  const { ticketId } = ticketInput.parse(input);
  await alterTickets(ctx, [ticketId], (ticket) => {
    refuseMerged(ticket);
    return isDone(ticket.status) ? moveTo(ticket, "open", ctx.clock.now(), memberId(ctx)) : null;
  });
}
