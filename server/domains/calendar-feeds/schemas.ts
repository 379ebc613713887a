import { z } from "zod";
import type { calendarFailures } from "#db/schema/calendar-feeds.ts";
import { currentConfig } from "#server/core/config.ts";

export const publishFeedInput = z.object({
  /** Whether the feed names customers, or says only when and what. */
  namesCustomers: z.boolean(),
});
export type PublishFeedInput = z.infer<typeof publishFeedInput>;

export const readFeedInput = z.object({ token: z.string().min(1).max(100) });
export type ReadFeedInput = z.infer<typeof readFeedInput>;

export const connectCalendarInput = z.object({
  address: z
    .string("required")
    .trim()
    .min(1, "required")
    .max(2_000, "too_long")
    // How programs write the address of a calendar to subscribe to.
    .transform((text) => text.replace(/^webcals?:/i, "https:"))
    .refine(isSafe, "invalid_address"),
});
export type ConnectCalendarInput = z.infer<typeof connectCalendarInput>;

export const appointmentFileInput = z.object({ appointmentId: z.uuid() });
export type AppointmentFileInput = z.infer<typeof appointmentFileInput>;

/** A calendar's text, ready to be sent. */
export interface CalendarFile {
  fileName: string;
  text: string;
}

/** What a member has arranged of their calendars. */
export interface OwnCalendars {
  /** Where their appointments are read; null: nowhere. */
  feed: { address: string; namesCustomers: boolean; createdAt: Date } | null;
  /** The calendar that says when they are busy; null: none. */
  busy: BusyCalendar | null;
}

export interface BusyCalendar {
  /** Its server. */
  host: string;
  /** When it was last read whole; null: not yet. */
  readAt: Date | null;
  /** Why the last reading failed; what was known before stays. */
  failure: (typeof calendarFailures)[number] | null;
  failedSince: Date | null;
  /** Stretches that are busy from now on. */
  ahead: number;
}

/** Where the operator lets private networks be reached, plain HTTP is allowed with them. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  if (username || password) return false;
  return protocol === "https:" || (protocol === "http:" && currentConfig().privateNetwork);
}
