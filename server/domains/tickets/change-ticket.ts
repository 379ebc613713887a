import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { ChangeTicketInput } from "./schemas.ts";
import { changeTicketInput } from "./schemas.ts";
import { moveTo, setFields, together } from "./ticket-changes.ts";

/** Changes the fields that are given; a status moves the ticket as resolving, closing or reopening would. */
export async function changeTicket(ctx: Ctx, input: ChangeTicketInput): Promise<void> {
  const { ticketId, status, category, ...fields } = changeTicketInput.parse(input);
  const wanted = { ...fields, ...(category === undefined ? {} : { category: category || null }) };
  await alterTickets(ctx, [ticketId], (ticket) =>
    together(setFields(ticket, wanted), status ? moveTo(ticket, status, ctx.clock.now(), memberId(ctx)) : null),
  );
}
