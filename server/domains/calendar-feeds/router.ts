import { memberProcedure, publicProcedure, router } from "#server/trpc/init.ts";
import { appointmentIcs } from "./appointment-ics.ts";
import { connectCalendar, disconnectCalendar, findBusyCalendar } from "./connect-calendar.ts";
import { findFeed, publishFeed, renewFeed, revokeFeed } from "./manage-feed.ts";
import { readFeed } from "./read-feed.ts";
import type { OwnCalendars } from "./schemas.ts";
import { appointmentFileInput, connectCalendarInput, publishFeedInput, readFeedInput } from "./schemas.ts";

const reads = memberProcedure("appointments.read");
/** Everybody arranges their own calendars, and nobody else's. */
const writes = memberProcedure("appointments.write");

/** Appointments in members' own calendar programs, and what those say of their time. */
export const calendarFeedsRouter = router({
  /** For who has the link, signed in or not. */
  read: publicProcedure.input(readFeedInput).query(({ ctx, input }) => readFeed(ctx.client.address, input, ctx.clock)),
  appointment: reads
    .input(appointmentFileInput)
    .query(({ ctx, input }) => appointmentIcs(ctx.verb, { ...input, reader: "member", language: "fr" })),
  own: writes.query(async ({ ctx }): Promise<OwnCalendars> => ({
    feed: await findFeed(ctx.verb),
    busy: await findBusyCalendar(ctx.verb),
  })),
  publish: writes.input(publishFeedInput).mutation(({ ctx, input }) => publishFeed(ctx.verb, input)),
  renew: writes.mutation(({ ctx }) => renewFeed(ctx.verb)),
  revoke: writes.mutation(({ ctx }) => revokeFeed(ctx.verb)),
  connect: writes.input(connectCalendarInput).mutation(({ ctx, input }) => connectCalendar(ctx.verb, input)),
  disconnect: writes.mutation(({ ctx }) => disconnectCalendar(ctx.verb)),
});
