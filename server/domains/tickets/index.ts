export { alterTickets } from "./alter-tickets.ts";
export { countTickets } from "./count-tickets.ts";
export { customerReplied } from "./customer-replied.ts";
export { memberReplied } from "./member-replied.ts";
export { openTickets } from "./open-tickets.ts";
export { handTo, setFields, together } from "./ticket-changes.ts";
