import { z } from "zod";

/** A business by the name in its addresses, whoever asks. */
const slug = z.string().min(1).max(80);
const day = z.iso.date("invalid_date");
const instant = z.date("invalid_date");

/** How somebody who books likes to be told. */
export const contactWays = ["sms", "whatsapp", "email"] as const;
export type ContactWay = (typeof contactWays)[number];

export const openBookingInput = z.object({ slug });
export type OpenBookingInput = z.infer<typeof openBookingInput>;

export const timesInput = z.object({
  slug,
  serviceId: z.uuid(),
  /** Without: of whoever is free. */
  userId: z.uuid().optional(),
  /** The first of seven days, in the business's zone. Without: the first that has a free time. */
  from: day.optional(),
});
export type TimesInput = z.infer<typeof timesInput>;

/** Made when a visitor first holds a time, and theirs from then on. */
const visit = z.string().min(16).max(64);

export const holdTimeInput = z.object({
  slug,
  serviceId: z.uuid(),
  /** Without: whoever is free. */
  userId: z.uuid().optional(),
  startsAt: instant,
  visit: visit.optional(),
});
export type HoldTimeInput = z.infer<typeof holdTimeInput>;

const optional = (most: number) =>
  z
    .string()
    .trim()
    .max(most, "too_long")
    .transform((text) => text || undefined)
    .optional();

/** Whoever fills a form of the public page, and what tells them from a program. */
const visitor = {
  displayName: z.string("required").trim().min(1, "required").max(160, "too_long"),
  phone: optional(40),
  email: optional(200),
  /** Their language: that of what is written to somebody new. */
  language: z.enum(["fr", "en"]),
  /** Of when the form was opened, as {@link OpenBooking} gave it. */
  stamp: z.string().max(100),
  /** A field that people do not see. */
  website: z.string().max(500).default(""),
};

export const bookOnlineInput = z
  .object({
    slug,
    serviceId: z.uuid(),
    userId: z.uuid(),
    startsAt: instant,
    holdId: z.uuid().optional(),
    visit: visit.optional(),
    ...visitor,
    /** Without: however the business can. */
    contactBy: z.enum(contactWays).optional(),
    notes: z.string().trim().max(2_000, "too_long").default(""),
  })
  .refine(({ phone, email }) => Boolean(phone || email), { path: ["phone"], message: "phone_or_email" })
  .refine(({ contactBy, phone }) => (contactBy !== "sms" && contactBy !== "whatsapp") || phone, {
    path: ["phone"],
    message: "phone_for_messages",
  })
  .refine(({ contactBy, email }) => contactBy !== "email" || email, { path: ["email"], message: "email_for_messages" });
export type BookOnlineInput = z.input<typeof bookOnlineInput>;

export const waitOnlineInput = z
  .object({
    slug,
    serviceId: z.uuid(),
    userId: z.uuid().optional(),
    /** Days of the business's zone, both included. */
    from: day,
    until: day,
    ...visitor,
  })
  .refine(({ phone, email }) => Boolean(phone || email), { path: ["phone"], message: "phone_or_email" })
  .refine(({ from, until }) => from <= until, { path: ["until"], message: "hours_reversed" });
export type WaitOnlineInput = z.input<typeof waitOnlineInput>;

const managed = { slug, token: z.string().min(20).max(100) };
export const managedInput = z.object(managed);
export type ManagedInput = z.infer<typeof managedInput>;

export const managedCalendarInput = z.object({ ...managed, language: z.enum(["fr", "en"]) });
export type ManagedCalendarInput = z.infer<typeof managedCalendarInput>;

export const managedTimesInput = z.object({ ...managed, from: day.optional() });
export type ManagedTimesInput = z.infer<typeof managedTimesInput>;

export const moveManagedInput = z.object({ ...managed, startsAt: instant });
export type MoveManagedInput = z.infer<typeof moveManagedInput>;

export const cancelManagedInput = z.object({ ...managed, reason: z.string().trim().max(500, "too_long").default("") });
export type CancelManagedInput = z.input<typeof cancelManagedInput>;

const intro = z.string().trim().max(600, "too_long");
export const saveBookingPageInput = z.object({
  enabled: z.boolean(),
  introFr: intro,
  introEn: intro,
  /** Until so long before it begins, customers move and cancel an appointment by themselves. */
  changeNoticeMinutes: z
    .number("invalid_duration")
    .int("invalid_duration")
    .min(0, "invalid_duration")
    .max(43_200, "too_long"),
});
export type SaveBookingPageInput = z.infer<typeof saveBookingPageInput>;

/** What the page says of the business. */
export interface BookingBusiness {
  name: string;
  /** IANA zone, which all days are days of. */
  timezone: string;
  introFr: string;
  introEn: string;
  changeNoticeMinutes: number;
  /** How it can write to people. */
  contactWays: ContactWay[];
}

/** A service that customers may book by themselves. */
export interface OnlineService {
  id: string;
  name: string;
  description: string;
  durationMinutes: number;
  /** Whole cents; null: no price is named. */
  priceCents: number | null;
  currency: string;
  location: string;
  minimumNoticeMinutes: number;
  members: { userId: string; name: string }[];
}

export interface OpenBooking {
  business: BookingBusiness;
  services: OnlineService[];
  /** Goes along with a form that is opened now. */
  stamp: string;
}

/** The free times of seven days. */
export interface FreeWeek {
  timezone: string;
  /** Days of that zone: today, the first of the seven, and the last on which anything may be booked. */
  today: string;
  from: string;
  last: string;
  slots: { startsAt: Date; userIds: string[] }[];
  /** The day of the next free time, where these seven have none; null: none at all. */
  next: string | null;
}

export interface HeldTime {
  holdId: string;
  heldUntil: Date;
  userId: string;
  visit: string;
}

/** An appointment as its link shows it: nothing of the customer but what they asked for. */
export interface ManagedAppointment {
  business: BookingBusiness;
  /** Whether it can be booked anew by the public page. */
  bookable: boolean;
  status: "confirmed" | "cancelled" | "completed" | "no_show";
  serviceId: string;
  service: string;
  member: string;
  startsAt: Date;
  endsAt: Date;
  location: string;
  priceCents: number | null;
  currency: string;
  notes: string;
  /** The link is of a time before this one. */
  moved: boolean;
  /** Until when its customer may move or cancel it; null: it is over, or nothing is to be changed. */
  changeableUntil: Date | null;
  /** Whether the service may still be had at another time. */
  movable: boolean;
}
