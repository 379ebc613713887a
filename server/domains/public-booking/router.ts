import type { RequestContext } from "#server/trpc/context.ts";
import { memberProcedure, publicProcedure, router } from "#server/trpc/init.ts";
import { saveBookingPage } from "./booking-page.ts";
import { getBookingSettings } from "./booking-settings.ts";
import { bookOnline } from "./book-online.ts";
import { cancelManaged, findManagedTimes, moveManaged } from "./change-managed.ts";
import { findTimes } from "./find-times.ts";
import { holdTime } from "./hold-time.ts";
import { getManagedCalendar } from "./managed-calendar.ts";
import { openManaged } from "./managed-appointment.ts";
import { openBooking } from "./open-booking.ts";
import {
  bookOnlineInput,
  cancelManagedInput,
  holdTimeInput,
  managedCalendarInput,
  managedInput,
  managedTimesInput,
  moveManagedInput,
  openBookingInput,
  saveBookingPageInput,
  timesInput,
  waitOnlineInput,
} from "./schemas.ts";
import { waitOnline } from "./wait-online.ts";

const configures = memberProcedure("booking.configure");

/** Customers who book by themselves: no sign-in but for what a business sets up. */
export const bookingRouter = router({
  open: publicProcedure.input(openBookingInput).query(({ ctx, input }) => openBooking(visitorOf(ctx), input)),
  times: publicProcedure.input(timesInput).query(({ ctx, input }) => findTimes(visitorOf(ctx), input)),
  hold: publicProcedure.input(holdTimeInput).mutation(({ ctx, input }) => holdTime(visitorOf(ctx), input)),
  book: publicProcedure.input(bookOnlineInput).mutation(({ ctx, input }) => bookOnline(visitorOf(ctx), input)),
  wait: publicProcedure.input(waitOnlineInput).mutation(({ ctx, input }) => waitOnline(visitorOf(ctx), input)),
  managed: router({
    open: publicProcedure.input(managedInput).query(({ ctx, input }) => openManaged(visitorOf(ctx), input)),
    times: publicProcedure.input(managedTimesInput).query(({ ctx, input }) => findManagedTimes(visitorOf(ctx), input)),
    move: publicProcedure.input(moveManagedInput).mutation(({ ctx, input }) => moveManaged(visitorOf(ctx), input)),
    calendar: publicProcedure
      .input(managedCalendarInput)
      .query(({ ctx, input }) => getManagedCalendar(visitorOf(ctx), input)),
    cancel: publicProcedure
      .input(cancelManagedInput)
      .mutation(({ ctx, input }) => cancelManaged(visitorOf(ctx), input)),
  }),
  settings: configures.query(({ ctx }) => getBookingSettings(ctx.verb)),
  saveSettings: configures.input(saveBookingPageInput).mutation(({ ctx, input }) => saveBookingPage(ctx.verb, input)),
});

const visitorOf = ({ client, clock }: Pick<RequestContext, "client" | "clock">) => ({ address: client.address, clock });
