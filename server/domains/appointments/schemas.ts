import { z } from "zod";
import { commaList } from "#server/core/comma-list.ts";
import type { appointmentSources } from "#db/schema/appointments.ts";

/** What an appointment can stand at once somebody has it. */
export const shownStatuses = ["confirmed", "rescheduled", "cancelled", "completed", "no_show"] as const;
export type AppointmentStatus = (typeof shownStatuses)[number];
export type AppointmentSource = (typeof appointmentSources)[number];

const one = { appointmentId: z.uuid() };
export const appointmentInput = z.object(one);
export type AppointmentInput = z.infer<typeof appointmentInput>;

const instant = z.date("invalid_date");
const words = z.string().trim().max(2_000, "too_long");
const reason = z.string().trim().max(500, "too_long").default("");
const slot = { serviceId: z.uuid(), userId: z.uuid(), startsAt: instant };

/** Keeps a time for a few minutes while its details are asked for. */
export const holdInput = z.object(slot);
export type HoldInput = z.infer<typeof holdInput>;
export const holdRef = z.object({ holdId: z.uuid() });
export type HoldRef = z.infer<typeof holdRef>;
export interface Hold {
  holdId: string;
  heldUntil: Date;
}

const newCustomer = z
  .object({
    displayName: z.string("required").trim().min(1, "required").max(160, "too_long"),
    phone: z.string().trim().max(40, "too_long").optional(),
    email: z.string().trim().max(200, "too_long").optional(),
  })
  .refine(({ phone, email }) => Boolean(phone || email), { path: ["phone"], message: "phone_or_email" });

export const bookInput = z
  .object({
    ...slot,
    /** The hold that keeps this time, where there is one. */
    holdId: z.uuid().optional(),
    customerId: z.uuid().optional(),
    /** Who is known by this phone or email is who it is for; else they become a customer. */
    customer: newCustomer.optional(),
    notes: words.default(""),
    internalNotes: words.default(""),
    /** Where it was agreed. */
    conversationId: z.uuid().optional(),
    ticketId: z.uuid().optional(),
    callId: z.uuid().optional(),
  })
  .refine(({ customerId, customer }) => (customerId === undefined) !== (customer === undefined), {
    path: ["customerId"],
    message: "required",
  });
export type BookInput = z.input<typeof bookInput>;

/**
 * Another time or member: a new appointment takes the place of this one, whose row stays `rescheduled`. Where only the
 * end changes, the appointment stays the same one.
 */
export const rescheduleInput = z
  .object({
    ...one,
    startsAt: instant,
    /** Without: as long as it was. */
    endsAt: instant.optional(),
    userId: z.uuid().optional(),
    reason,
  })
  .refine(({ startsAt, endsAt }) => !endsAt || (startsAt < endsAt && Number(endsAt) - Number(startsAt) <= 86_400_000), {
    path: ["endsAt"],
    message: "invalid_duration",
  });
export type RescheduleInput = z.input<typeof rescheduleInput>;

export const cancelInput = z.object({ ...one, reason });
export type CancelInput = z.input<typeof cancelInput>;

export const updateInput = z.object({
  ...one,
  notes: words.optional(),
  internalNotes: words.optional(),
  location: z.string().trim().max(200, "too_long").optional(),
});
export type UpdateInput = z.infer<typeof updateInput>;

export const mostCalendarDays = 45;
export const calendarInput = z
  .object({ from: instant, until: instant, userId: z.uuid().optional() })
  .refine(({ from, until }) => from < until && Number(until) - Number(from) <= mostCalendarDays * 86_400_000, {
    path: ["until"],
    message: "invalid",
  });
export type CalendarInput = z.infer<typeof calendarInput>;

export const appointmentFilter = z.object({
  userId: z.uuid().optional(),
  serviceId: z.uuid().optional(),
  status: z.array(z.enum(shownStatuses)).max(shownStatuses.length).optional(),
  customerId: z.uuid().optional(),
  conversationId: z.uuid().optional(),
  ticketId: z.uuid().optional(),
  callId: z.uuid().optional(),
  /** Those that begin from the one instant until before the other. */
  from: instant.optional(),
  until: instant.optional(),
});
export type AppointmentFilter = z.output<typeof appointmentFilter>;
export const countInput = z.object({ filters: z.array(appointmentFilter).max(10) });
export type CountInput = z.input<typeof countInput>;
const direction = z.enum(["asc", "desc"]).default("asc");
const cursor = z.string().max(300).optional();
export const listInput = appointmentFilter.extend({ direction, after: cursor, before: cursor });
export type ListInput = z.input<typeof listInput>;
export const exportInput = appointmentFilter.extend({ direction, after: cursor });
export type ExportInput = z.input<typeof exportInput>;

/** The parameters of the list's address that a saved view keeps. */
export const appointmentViewQuery = z
  .strictObject({
    period: z.enum(["upcoming", "today", "past", "all"]),
    from: z.iso.date(),
    until: z.iso.date(),
    status: commaList(shownStatuses),
    member: z.uuid(),
    service: z.uuid(),
    customer: z.uuid(),
  })
  .partial()
  .transform((query): Record<string, string> => query);

export interface AppointmentRow {
  id: string;
  startsAt: Date;
  endsAt: Date;
  status: AppointmentStatus;
  statusAt: Date;
  userId: string;
  userName: string;
  serviceId: string;
  serviceName: string;
  customerId: string;
  customerName: string;
  customerPhone: string | null;
  customerEmail: string | null;
  location: string;
  notes: string;
  source: AppointmentSource;
  createdAt: Date;
}

export interface AppointmentPage {
  rows: AppointmentRow[];
  next: string | null;
  previous: string | null;
  /** Capped: 1,001 means more than a thousand. */
  total: number;
}

export interface CalendarAppointment {
  id: string;
  startsAt: Date;
  endsAt: Date;
  status: AppointmentStatus;
  userId: string;
  userName: string;
  serviceId: string;
  serviceName: string;
  customerId: string;
  customerName: string;
}

/** A stretch of a member's time. */
export interface MemberSpan {
  userId: string;
  startsAt: Date;
  endsAt: Date;
}

export interface Calendar {
  timezone: string;
  /** Without those that were cancelled or moved elsewhere. By time. */
  appointments: CalendarAppointment[];
  /** When members work; time off is not taken out. */
  open: MemberSpan[];
  /** When they take no appointments all the same; `elsewhere`: a calendar of their own says that they are busy. */
  off: (MemberSpan & { reason: string; elsewhere: boolean })[];
  /** Active members who offer a service or have appointments here, by name. */
  members: { userId: string; name: string }[];
}

export const appointmentEventTypes = [
  "booked",
  "moved_here",
  "moved_away",
  "resized",
  "changed",
  "cancelled",
  "completed",
  "no_show",
  "reopened",
  "customer_confirmed",
  "move_asked",
] as const;
export type AppointmentEventType = (typeof appointmentEventTypes)[number];

export interface AppointmentEvent {
  id: string;
  type: AppointmentEventType;
  at: Date;
  /** Who did it: a member's name, or what else acted. */
  by: string | null;
  actorType: "member" | "webhook" | "job" | "system";
  reason: string;
  /** Instants and members of before and after, where it moved: `{ from: { startsAt, endsAt, userId }, to: … }`. */
  data: Record<string, unknown>;
}

export interface AppointmentDetail extends AppointmentRow {
  internalNotes: string;
  durationMinutes: number;
  /** Of the service; null: none is named. */
  priceCents: number | null;
  currency: string;
  /** IANA zones of the business and of the customer. */
  timezone: string;
  customerTimezone: string;
  createdByName: string | null;
  conversationId: string | null;
  callId: string | null;
  ticket: { id: string; number: number; subject: string } | null;
  /** When the customer said by themselves that they come, and that they want another time. */
  customerConfirmedAt: Date | null;
  moveAskedAt: Date | null;
  rescheduledFromId: string | null;
  rescheduledToId: string | null;
  /** Of this row and of those before it, oldest first. */
  history: AppointmentEvent[];
}
