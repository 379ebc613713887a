import { findDue, type Due } from "#db/due.ts";
import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { definePeriodic } from "#server/jobs/define-job.ts";
import { readBusyCalendar } from "./read-calendar.ts";

/** Calendars that one turn looks for; the rest comes with the next. */
const most = 100;
const atOnce = 8;

/** Reads members' calendars elsewhere, each a few times an hour. */
export const readCalendarsJob = definePeriodic({
  name: "read calendars",
  everyMs: 60_000,
  run: ({ clock, signal }) => readDueCalendars(clock, signal),
});

/** Reads whatever is due by now, across tenants: several at once, so that a slow server holds up few. */
export async function readDueCalendars(clock: Clock, signal?: AbortSignal): Promise<void> {
  const due = await findDue("busy_calendars", most, clock.now());
  for (let done = 0; done < due.length && !signal?.aborted; done += atOnce)
    await Promise.all(due.slice(done, done + atOnce).map((one) => readOne(one, clock)));
}

async function readOne({ tenantId, id }: Due, clock: Clock): Promise<void> {
  try {
    await readBusyCalendar(contextFor(tenantId, { type: "job", name: "calendars" }, clock), id);
  } catch (error) {
    log.error({ err: error, tenantId, calendarId: id }, "a calendar could not be read");
  }
}
