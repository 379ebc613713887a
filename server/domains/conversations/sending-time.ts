import { Temporal } from "temporal-polyfill";
import { z } from "zod";

/** The hour at which a morning begins. */
const morning = { hour: 9 };
/** How far ahead a reply may be written. */
const mostDays = 365;

/** When a reply is to leave: a morning, or a date and time as `datetime-local` writes it, of the business's zone. */
export const sendingTime = z.union([z.enum(["tomorrow", "monday"]), z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d/)]);
export type SendingTime = z.infer<typeof sendingTime>;

/**
 * The instant behind a chosen time, by the business's clock: 9 h is 9 h on both sides of a change to summer time, and an
 * hour that the change leaves out is the one after it. null where it is no time, past, or more than a year ahead.
 */
export function instantToSend(time: SendingTime, timeZone: string, now: Date): Date | null {
  const here = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timeZone);
  const at = chosen(time, here);
  const ahead = at ? at.epochMilliseconds - now.getTime() : -1;
  return at && ahead > 0 && ahead < mostDays * 86_400_000 ? new Date(at.epochMilliseconds) : null;
}

function chosen(time: SendingTime, here: Temporal.ZonedDateTime): Temporal.ZonedDateTime | null {
  const days = time === "tomorrow" ? 1 : time === "monday" ? 8 - here.dayOfWeek : null;
  const timeZone = here.timeZoneId;
  if (days !== null) return here.toPlainDate().add({ days }).toZonedDateTime({ timeZone, plainTime: morning });
  try {
    return Temporal.PlainDateTime.from(time).toZonedDateTime(timeZone);
  } catch {
    return null;
  }
}
