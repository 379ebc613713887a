import { appointmentIcs } from "#server/domains/calendar-feeds/index.ts";
import type { CalendarFile } from "#server/domains/calendar-feeds/schemas.ts";
import { manageLink } from "./manage-link.ts";
import { findManaged } from "./managed-appointment.ts";
import type { ManagedCalendarInput } from "./schemas.ts";
import { managedCalendarInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";

/** An appointment for its customer's own calendar, with the link to manage it. */
export async function getManagedCalendar(visitor: Visitor, input: ManagedCalendarInput): Promise<CalendarFile> {
  const { language, ...link } = managedCalendarInput.parse(input);
  const { ctx, appointmentId } = await findManaged(visitor, link);
  const newest = manageLink({ tenantId: ctx.tenantId, slug: link.slug, appointmentId });
  return appointmentIcs(ctx, { appointmentId, reader: "customer", language, manageLink: newest });
}
