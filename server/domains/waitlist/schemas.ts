import { z } from "zod";
import type { appointmentSources } from "#db/schema/appointments.ts";
import type { waitlistOfferStatuses, waitlistStatuses } from "#db/schema/waitlist.ts";

export type WaitlistSource = (typeof appointmentSources)[number];
export type WaitlistStatus = (typeof waitlistStatuses)[number];
export type OfferStatus = (typeof waitlistOfferStatuses)[number];

const instant = z.date("invalid_date");
const furthestMs = 366 * 86_400_000;

export const joinWaitlistInput = z
  .object({
    serviceId: z.uuid(),
    /** null: with whoever offers it. */
    memberId: z.uuid().nullable(),
    /** Between these they would come. */
    from: instant,
    until: instant,
    customerId: z.uuid().optional(),
    /** Who is known by this phone or email is who waits; else they become a customer. */
    customer: z
      .object({
        displayName: z.string("required").trim().min(1, "required").max(160, "too_long"),
        phone: z.string().trim().max(40, "too_long").optional(),
        email: z.string().trim().max(200, "too_long").optional(),
      })
      .refine(({ phone, email }) => Boolean(phone || email), { path: ["phone"], message: "phone_or_email" })
      .optional(),
    source: z.enum(["manual", "web", "voice_agent"]).default("manual"),
  })
  .refine(({ from, until }) => from < until && Number(until) - Number(from) <= furthestMs, {
    path: ["until"],
    message: "hours_reversed",
  })
  .refine(({ customerId, customer }) => (customerId === undefined) !== (customer === undefined), {
    path: ["customerId"],
    message: "required",
  });
export type JoinWaitlistInput = z.input<typeof joinWaitlistInput>;

export const entryInput = z.object({ entryId: z.uuid() });
export type EntryInput = z.infer<typeof entryInput>;

export const offerTimeInput = z.object({ entryId: z.uuid(), userId: z.uuid(), startsAt: instant });
export type OfferTimeInput = z.infer<typeof offerTimeInput>;

export const listWaitlistInput = z.object({
  status: z.enum(["waiting", "done"]).default("waiting"),
  /** `next` of the page before. */
  after: z.string().max(300).optional(),
});
export type ListWaitlistInput = z.input<typeof listWaitlistInput>;

export interface WaitlistRow {
  id: string;
  status: WaitlistStatus;
  customerId: string;
  customerName: string;
  customerPhone: string | null;
  customerEmail: string | null;
  serviceId: string;
  serviceName: string;
  /** null: with whoever offers it. */
  userId: string | null;
  userName: string | null;
  from: Date;
  until: Date;
  source: WaitlistSource;
  createdAt: Date;
  appointmentId: string | null;
  /** What they were offered last. */
  offer: {
    status: OfferStatus;
    reason: string | null;
    startsAt: Date;
    userName: string;
    expiresAt: Date;
    conversationId: string | null;
  } | null;
}

const token = z.string().min(20).max(100);
export const openOfferInput = z.object({ token });
export type OpenOfferInput = z.infer<typeof openOfferInput>;

/** What the page of an offered time shows: nothing of the customer. */
export interface OfferedTime {
  business: string;
  language: "fr" | "en";
  service: string;
  member: string;
  location: string;
  startsAt: Date;
  /** IANA zone of the business. */
  timezone: string;
  status: OfferStatus;
  expiresAt: Date;
  /** Where what was booked is looked after; null until it is. */
  manageLink: string | null;
}
