import { memberProcedure, router } from "#server/trpc/init.ts";
import { addTicketNote } from "./add-ticket-note.ts";
import { assignTicket } from "./assign-ticket.ts";
import { changeTicket, changeTickets } from "./change-ticket.ts";
import { getTicket } from "./get-ticket.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import { listTickets } from "./list-tickets.ts";
import { nextTicket } from "./next-ticket.ts";
import { openTicket } from "./open-ticket.ts";
import { closeTicket, reopenTicket, resolveTicket } from "./resolve-ticket.ts";
import {
  addTicketNoteInput,
  assignTicketInput,
  changeTicketInput,
  changeTicketsInput,
  getTicketInput,
  listTicketsInput,
  nextTicketInput,
  openTicketInput,
  resolveTicketInput,
  ticketInput,
} from "./schemas.ts";

const read = memberProcedure("tickets.read");
const write = memberProcedure("tickets.write");

export const ticketsRouter = router({
  list: read.input(listTicketsInput).query(({ ctx, input }) => listTickets(ctx.verb, input)),
  get: read.input(getTicketInput).query(({ ctx, input }) => getTicket(ctx.verb, input)),
  next: read.input(nextTicketInput).query(({ ctx, input }) => nextTicket(ctx.verb, input)),
  assignees: read.query(({ ctx }) => listAssignees(ctx.verb)),
  open: write
    .input(openTicketInput.omit({ source: true }))
    .mutation(({ ctx, input }) => openTicket(ctx.verb, { ...input, source: "manual" })),
  change: write.input(changeTicketInput).mutation(({ ctx, input }) => changeTicket(ctx.verb, input)),
  changeMany: write.input(changeTicketsInput).mutation(({ ctx, input }) => changeTickets(ctx.verb, input)),
  assign: write.input(assignTicketInput).mutation(({ ctx, input }) => assignTicket(ctx.verb, input)),
  resolution: router({
    create: write.input(resolveTicketInput).mutation(({ ctx, input }) => resolveTicket(ctx.verb, input)),
    delete: write.input(ticketInput).mutation(({ ctx, input }) => reopenTicket(ctx.verb, input)),
  }),
  closure: router({
    create: write.input(ticketInput).mutation(({ ctx, input }) => closeTicket(ctx.verb, input)),
  }),
  notes: router({
    create: write.input(addTicketNoteInput).mutation(({ ctx, input }) => addTicketNote(ctx.verb, input)),
  }),
});
