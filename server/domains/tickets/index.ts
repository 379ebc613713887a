export { alterTickets } from "./alter-tickets.ts";
export { countTickets } from "./count-tickets.ts";
export { customerReplied } from "./customer-replied.ts";
export { memberReplied } from "./member-replied.ts";
export { openTicket } from "./open-ticket.ts";
export { openTickets } from "./open-tickets.ts";
export { handTo, setFields, together } from "./ticket-changes.ts";
export { addTicketNote } from "./add-ticket-note.ts";
export { assignTicketTeam } from "./assign-ticket-team.ts";
export { recordTicketEvents } from "./alter-tickets.ts";
export { changeTicket } from "./change-ticket.ts";
export { type Ticket } from "./ticket-changes.ts";
/** @public Who is to be told what happens to a ticket. */
export { listWatchers } from "./watch-ticket.ts";
