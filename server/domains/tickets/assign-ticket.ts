import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import type { AssignTicketInput } from "./schemas.ts";
import { assignTicketInput } from "./schemas.ts";
import { handTo } from "./ticket-changes.ts";

/** Gives the ticket to an active member, or back to everybody. */
export async function assignTicket(ctx: Ctx, input: AssignTicketInput): Promise<void> {
  const { ticketId, assigneeId } = assignTicketInput.parse(input);
  await withTenant(ctx, async (tx) => {
    if (assigneeId) await requireAssignee(ctx, tx, assigneeId);
    await alterTickets({ ...ctx, tx }, [ticketId], (ticket) => handTo(ticket, assigneeId, ctx.clock.now()));
  });
}
