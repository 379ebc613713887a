import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { ResolveTicketInput, TicketInput } from "./schemas.ts";
import { resolveTicketInput, ticketInput } from "./schemas.ts";
import { isDone, moveTo } from "./ticket-changes.ts";

/** Resolves with what was done, kept for the next one who asks. Resolving again replaces the notes. */
export async function resolveTicket(ctx: Ctx, input: ResolveTicketInput): Promise<void> {
  const { ticketId, notes } = resolveTicketInput.parse(input);
  await alterTickets(ctx, [ticketId], (ticket) => moveTo(ticket, "resolved", ctx.clock.now(), memberId(ctx), notes));
}

/** Closes for good: a customer's reply no longer reopens it. */
export async function closeTicket(ctx: Ctx, input: TicketInput): Promise<void> {
  const { ticketId } = ticketInput.parse(input);
  await alterTickets(ctx, [ticketId], (ticket) => moveTo(ticket, "closed", ctx.clock.now(), memberId(ctx)));
}

/** Opens a resolved or closed ticket again; one that is open stays as it is. */
export async function reopenTicket(ctx: Ctx, input: TicketInput): Promise<void> {
  const { ticketId } = ticketInput.parse(input);
  await alterTickets(ctx, [ticketId], (ticket) =>
    isDone(ticket.status) ? moveTo(ticket, "open", ctx.clock.now(), memberId(ctx)) : null,
  );
}
