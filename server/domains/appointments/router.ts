import { memberProcedure, router } from "#server/trpc/init.ts";
import { bookAppointment } from "./book-appointment.ts";
import { cancelAppointment, completeAppointment, markNoShow, reopenAppointment } from "./change-status.ts";
import { getAppointment } from "./get-appointment.ts";
import { holdSlot, releaseHold } from "./hold-slot.ts";
import { countAppointments, exportAppointments, listAppointments } from "./list-appointments.ts";
import { readCalendar } from "./read-calendar.ts";
import { rescheduleAppointment } from "./reschedule-appointment.ts";
import {
  appointmentInput,
  bookInput,
  calendarInput,
  cancelInput,
  countInput,
  exportInput,
  holdInput,
  holdRef,
  listInput,
  rescheduleInput,
  updateInput,
} from "./schemas.ts";
import { updateAppointment } from "./update-appointment.ts";

const reads = memberProcedure("appointments.read");
const writes = memberProcedure("appointments.write");

/** Appointments of customers with members. */
export const appointmentsRouter = router({
  calendar: reads.input(calendarInput).query(({ ctx, input }) => readCalendar(ctx.verb, input)),
  list: reads.input(listInput).query(({ ctx, input }) => listAppointments(ctx.verb, input)),
  counts: reads.input(countInput).query(({ ctx, input }) => countAppointments(ctx.verb, input)),
  export: reads.input(exportInput).query(({ ctx, input }) => exportAppointments(ctx.verb, input)),
  get: reads.input(appointmentInput).query(({ ctx, input }) => getAppointment(ctx.verb, input)),
  hold: writes.input(holdInput).mutation(({ ctx, input }) => holdSlot(ctx.verb, input)),
  release: writes.input(holdRef).mutation(({ ctx, input }) => releaseHold(ctx.verb, input)),
  book: writes.input(bookInput).mutation(({ ctx, input }) => bookAppointment(ctx.verb, input)),
  reschedule: writes.input(rescheduleInput).mutation(({ ctx, input }) => rescheduleAppointment(ctx.verb, input)),
  cancel: writes.input(cancelInput).mutation(({ ctx, input }) => cancelAppointment(ctx.verb, input)),
  complete: writes.input(appointmentInput).mutation(({ ctx, input }) => completeAppointment(ctx.verb, input)),
  noShow: writes.input(appointmentInput).mutation(({ ctx, input }) => markNoShow(ctx.verb, input)),
  reopen: writes.input(appointmentInput).mutation(({ ctx, input }) => reopenAppointment(ctx.verb, input)),
  update: writes.input(updateInput).mutation(({ ctx, input }) => updateAppointment(ctx.verb, input)),
});
