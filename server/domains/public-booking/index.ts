export { type LinkedAppointment, manageLink } from "./manage-link.ts";
