export { outboundCalendar } from "./outbound-calendar.ts";
export { appointmentIcs, type CalendarLanguage, type CalendarReader } from "./appointment-ics.ts";
export type { CalendarFile } from "./schemas.ts";
