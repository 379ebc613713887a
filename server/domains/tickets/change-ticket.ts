import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { memberId } from "#server/core/context.ts";
import { requireAssignee } from "#server/domains/members/index.ts";
import type { TicketForm } from "#server/domains/ticket-forms/index.ts";
import { readFieldValues, readTicketForm, requireCategory } from "#server/domains/ticket-forms/index.ts";
import { alterTickets } from "./alter-tickets.ts";
import type { ChangeTicketInput } from "./schemas.ts";
import { changeTicketInput } from "./schemas.ts";
import { categorize, handTo, moveTo, refuseMerged, setFields, setFieldValues, together } from "./ticket-changes.ts";

/**
 * Changes what is given, all of it or nothing; a status moves the ticket as resolving, closing or reopening would. A value that a
 * field of the business's own does not take is refused beside `field:<id>`, as is resolving without what is required.
 */
export async function changeTicket(ctx: Ctx, input: ChangeTicketInput): Promise<void> {
  const { ticketId, status, categoryId, assigneeId, fields: given, ...plain } = changeTicketInput.parse(input);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const at = ctx.clock.now();
    const form = categoryId !== undefined || given ? await readTicketForm(inner) : nothingAsked;
    if (categoryId) requireCategory(form.categories, categoryId);
    if (assigneeId) await requireAssignee(ctx, tx, assigneeId);
    const names = new Map(form.categories.map((category) => [category.id, category.name]));
    await alterTickets(inner, [ticketId], (ticket) => {
      if (status) refuseMerged(ticket);
      return together(
        setFields(ticket, plain),
        categoryId === undefined ? null : categorize(ticket, categoryId, names),
        given ? setFieldValues(ticket, readFieldValues(form.fields, given, ticket.fields), form.fields) : null,
        assigneeId === undefined ? null : handTo(ticket, assigneeId, at),
        status ? moveTo(ticket, status, at, memberId(ctx)) : null,
      );
    });
  });
}

const nothingAsked: TicketForm = { categories: [], fields: [] };
