export { countTickets } from "./count-tickets.ts";
export { customerReplied } from "./customer-replied.ts";
export { openTicket } from "./open-ticket.ts";
export { resolveTicket } from "./resolve-ticket.ts";
