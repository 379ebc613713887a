import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { giveWork } from "#server/domains/assignment/index.ts";
import { requireTeam } from "#server/domains/teams/index.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { AssignTicketTeamInput } from "./schemas.ts";
import { assignTicketTeamInput } from "./schemas.ts";
import { handToTeam } from "./ticket-changes.ts";

/** Gives the ticket to a team, or to none; where nobody has it, the team's own rule says who is given it. */
export async function assignTicketTeam(ctx: Ctx, input: AssignTicketTeamInput): Promise<void> {
  const { ticketId, teamId } = assignTicketTeamInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const team = teamId ? { id: teamId, ...(await requireTeam(tx, teamId)) } : null;
    const [altered] = await alterTickets(inner, [ticketId], (ticket) => handToTeam(ticket, team));
    if (team && altered?.ticket.assigneeId === null) await giveWork(inner, { ticketIds: [ticketId] });
  });
}
