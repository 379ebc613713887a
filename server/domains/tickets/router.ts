import { memberProcedure, router } from "#server/trpc/init.ts";
import { addTicketNote } from "./add-ticket-note.ts";
import { assignTicket } from "./assign-ticket.ts";
import { assignTicketTeam } from "./assign-ticket-team.ts";
import { boardTickets } from "./board-tickets.ts";
import { cancelBulk } from "./cancel-bulk.ts";
import { chooseColumns } from "./choose-columns.ts";
import { changeTicket } from "./change-ticket.ts";
import { countBulk } from "./count-bulk.ts";
import { exportTickets } from "./export-tickets.ts";
import { currentBulk } from "./find-bulk.ts";
import { getTicket } from "./get-ticket.ts";
import { listAssignees } from "#server/domains/members/index.ts";
import { listTickets } from "./list-tickets.ts";
import { mergeTicket, undoMerge } from "./merge-tickets.ts";
import { nextTicket } from "./next-ticket.ts";
import { openTicket } from "./open-ticket.ts";
import { closeTicket, reopenTicket, resolveTicket } from "./resolve-ticket.ts";
import { setParent } from "./set-parent.ts";
import { splitTicket } from "./split-ticket.ts";
import { startBulk } from "./start-bulk.ts";
import { undoBulk } from "./undo-bulk.ts";
import { unwatchTicket, watchTicket } from "./watch-ticket.ts";
import {
  addTicketNoteInput,
  assignTicketInput,
  assignTicketTeamInput,
  boardInput,
  bulkRef,
  changeTicketInput,
  chooseColumnsInput,
  countBulkInput,
  exportTicketsInput,
  getTicketInput,
  listTicketsInput,
  mergeTicketInput,
  nextTicketInput,
  openTicketInput,
  resolveTicketInput,
  setParentInput,
  splitTicketInput,
  startBulkInput,
  ticketInput,
} from "./schemas.ts";

const read = memberProcedure("tickets.read");
const write = memberProcedure("tickets.write");

export const ticketsRouter = router({
  list: read.input(listTicketsInput).query(({ ctx, input }) => listTickets(ctx.verb, input)),
  board: read.input(boardInput).query(({ ctx, input }) => boardTickets(ctx.verb, input)),
  export: read.input(exportTicketsInput).query(({ ctx, input }) => exportTickets(ctx.verb, input)),
  get: read.input(getTicketInput).query(({ ctx, input }) => getTicket(ctx.verb, input)),
  next: read.input(nextTicketInput).query(({ ctx, input }) => nextTicket(ctx.verb, input)),
  assignees: read.query(({ ctx }) => listAssignees(ctx.verb)),
  open: write
    .input(openTicketInput.omit({ source: true }))
    .mutation(({ ctx, input }) => openTicket(ctx.verb, { ...input, source: "manual" })),
  change: write.input(changeTicketInput).mutation(({ ctx, input }) => changeTicket(ctx.verb, input)),
  chooseColumns: read.input(chooseColumnsInput).mutation(({ ctx, input }) => chooseColumns(ctx.verb, input)),
  bulk: router({
    count: write.input(countBulkInput).query(({ ctx, input }) => countBulk(ctx.verb, input)),
    current: read.query(({ ctx }) => currentBulk(ctx.verb)),
    start: write.input(startBulkInput).mutation(({ ctx, input }) => startBulk(ctx.verb, input)),
    cancel: write.input(bulkRef).mutation(({ ctx, input }) => cancelBulk(ctx.verb, input)),
    undo: write.input(bulkRef).mutation(({ ctx, input }) => undoBulk(ctx.verb, input)),
  }),
  assignTeam: write.input(assignTicketTeamInput).mutation(({ ctx, input }) => assignTicketTeam(ctx.verb, input)),
  assign: write.input(assignTicketInput).mutation(({ ctx, input }) => assignTicket(ctx.verb, input)),
  resolution: router({
    create: write.input(resolveTicketInput).mutation(({ ctx, input }) => resolveTicket(ctx.verb, input)),
    delete: write.input(ticketInput).mutation(({ ctx, input }) => reopenTicket(ctx.verb, input)),
  }),
  closure: router({
    create: write.input(ticketInput).mutation(({ ctx, input }) => closeTicket(ctx.verb, input)),
  }),
  merge: router({
    create: write.input(mergeTicketInput).mutation(({ ctx, input }) => mergeTicket(ctx.verb, input)),
    delete: write.input(ticketInput).mutation(({ ctx, input }) => undoMerge(ctx.verb, input)),
  }),
  split: write.input(splitTicketInput).mutation(({ ctx, input }) => splitTicket(ctx.verb, input)),
  parent: router({
    set: write.input(setParentInput).mutation(({ ctx, input }) => setParent(ctx.verb, input)),
  }),
  watch: router({
    create: write.input(ticketInput).mutation(({ ctx, input }) => watchTicket(ctx.verb, input)),
    delete: write.input(ticketInput).mutation(({ ctx, input }) => unwatchTicket(ctx.verb, input)),
  }),
  notes: router({
    create: write.input(addTicketNoteInput).mutation(({ ctx, input }) => addTicketNote(ctx.verb, input)),
  }),
});
