import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { alterTickets } from "./alter-tickets.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import type { ChangeTicketInput, ChangeTicketsInput } from "./schemas.ts";
import { changeTicketInput, changeTicketsInput } from "./schemas.ts";
import { handTo, moveTo, setFields, together } from "./ticket-changes.ts";

/** Changes the fields that are given; a status moves the ticket as resolving, closing or reopening would. */
export async function changeTicket(ctx: Ctx, input: ChangeTicketInput): Promise<void> {
  const { ticketId, status, category, ...fields } = changeTicketInput.parse(input);
  const wanted = { ...fields, ...(category === undefined ? {} : { category: category || null }) };
  await alterTickets(ctx, [ticketId], (ticket) =>
    together(setFields(ticket, wanted), status ? moveTo(ticket, status, ctx.clock.now(), memberId(ctx)) : null),
  );
}

/** The same status, priority or assignee for several tickets at once. Answers how many changed. */
export async function changeTickets(ctx: Ctx, input: ChangeTicketsInput): Promise<{ changed: number }> {
  const { ticketIds, status, priority, assigneeId } = changeTicketsInput.parse(input);
  return withTenant(ctx, async (tx) => {
    if (assigneeId) await requireAssignee(ctx, tx, assigneeId);
    const at = ctx.clock.now();
    const changed = await alterTickets({ ...ctx, tx }, ticketIds, (ticket) =>
      together(
        priority ? setFields(ticket, { priority }) : null,
        status ? moveTo(ticket, status, at, memberId(ctx)) : null,
        assigneeId === undefined ? null : handTo(ticket, assigneeId, at),
      ),
    );
    return { changed: changed.length };
  });
}
