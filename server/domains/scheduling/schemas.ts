import { z } from "zod";
import type { BusinessDays } from "#db/schema/tenants.ts";
import { businessHours } from "#server/domains/channels/schemas.ts";

const minutes = (least: number, most: number) =>
  z.number("invalid_duration").int("invalid_duration").min(least, "invalid_duration").max(most, "too_long");

const one = { serviceId: z.uuid() };
const fields = {
  name: z.string("required").trim().min(1, "required").max(80, "too_long"),
  description: z.string().trim().max(1_000, "too_long"),
  durationMinutes: minutes(5, 1_440),
  /** Kept free before and after each appointment. */
  bufferBeforeMinutes: minutes(0, 1_440),
  bufferAfterMinutes: minutes(0, 1_440),
  /** Whole cents of the business's currency; null: no price is named. */
  priceCents: z.number("invalid").int("invalid").min(0, "invalid").max(100_000_000, "invalid").nullable(),
  location: z.string().trim().max(200, "too_long"),
  /** How many customers one member takes at the same time. */
  capacity: z.number("invalid").int("invalid").min(1, "invalid").max(100, "invalid"),
  minimumNoticeMinutes: minutes(0, 129_600),
  horizonDays: z.number("invalid").int("invalid").min(1, "invalid").max(365, "invalid"),
  slotStepMinutes: minutes(5, 1_440),
  /** Customers may book it by themselves. */
  online: z.boolean(),
  /** Who offers it. */
  memberIds: z.array(z.uuid()).max(200),
};

export const createServiceInput = z.object({
  ...fields,
  description: fields.description.default(""),
  bufferBeforeMinutes: fields.bufferBeforeMinutes.default(0),
  bufferAfterMinutes: fields.bufferAfterMinutes.default(0),
  priceCents: fields.priceCents.default(null),
  location: fields.location.default(""),
  capacity: fields.capacity.default(1),
  minimumNoticeMinutes: fields.minimumNoticeMinutes.default(0),
  horizonDays: fields.horizonDays.default(60),
  slotStepMinutes: fields.slotStepMinutes.default(30),
  online: fields.online.default(true),
  memberIds: fields.memberIds.default([]),
});
export type CreateServiceInput = z.input<typeof createServiceInput>;

/** What is not given stays. */
export const updateServiceInput = z.object(fields).partial().extend(one);
export type UpdateServiceInput = z.infer<typeof updateServiceInput>;

export const archiveServiceInput = z.object({ ...one, archived: z.boolean() });
export type ArchiveServiceInput = z.infer<typeof archiveServiceInput>;

/** A service as settings and forms show it. */
export interface Service {
  id: string;
  name: string;
  description: string;
  durationMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  priceCents: number | null;
  currency: string;
  location: string;
  capacity: number;
  minimumNoticeMinutes: number;
  horizonDays: number;
  slotStepMinutes: number;
  /** Customers may book it by themselves, where the business has a page for that. */
  online: boolean;
  archived: boolean;
  /** Active members who offer it, by name. */
  members: { userId: string; name: string }[];
}

const day = z.iso.date("invalid_date");
export const mostSlotDays = 42;
export const slotsInput = z.object({
  ...one,
  /** Of this member alone; without, of everybody who offers the service. */
  userId: z.uuid().optional(),
  /** An appointment that would give up its own time for one of these. */
  except: z.uuid().optional(),
  /** The first day, in the business's zone. */
  from: day,
  days: z.number("invalid").int("invalid").min(1, "invalid").max(mostSlotDays, "invalid").default(7),
});
export type SlotsInput = z.input<typeof slotsInput>;

/** A time that can be booked now, and with whom; `seats` are those left with the member who has most. */
export interface FreeSlot {
  startsAt: Date;
  endsAt: Date;
  userIds: string[];
  seats: number;
}
export interface FreeSlots {
  /** IANA zone of the business, which `from` is a day of. */
  timezone: string;
  /** By time. */
  slots: FreeSlot[];
}

const ofMember = { userId: z.uuid() };
const span = businessHours.shape.days.shape["1"];
export const memberInput = z.object(ofMember);
export type MemberInput = z.infer<typeof memberInput>;

export const saveHoursInput = z.object({
  ...ofMember,
  /** IANA zone; null: the business's own. */
  timezone: z
    .string()
    .trim()
    .max(60, "too_long")
    .refine((zone) => isZone(zone), "unknown_timezone")
    .nullable()
    .default(null),
  /** null: as the business is open. */
  days: businessHours.shape.days.nullable(),
});
export type SaveHoursInput = z.input<typeof saveHoursInput>;

/** A date on which they work other hours, or none. Saying it again replaces it. */
export const saveDayInput = z.object({
  ...ofMember,
  day,
  spans: span.unwrap(),
  note: z.string().trim().max(200, "too_long").default(""),
});
export type SaveDayInput = z.input<typeof saveDayInput>;
export const removeDayInput = z.object({ ...ofMember, day });
export type RemoveDayInput = z.infer<typeof removeDayInput>;

export const addTimeOffInput = z
  .object({
    ...ofMember,
    startsAt: z.date("invalid_date"),
    endsAt: z.date("invalid_date"),
    reason: z.string().trim().max(200, "too_long").default(""),
  })
  .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ["endsAt"], message: "ends_before_it_begins" });
export type AddTimeOffInput = z.input<typeof addTimeOffInput>;
export const removeTimeOffInput = z.object({ timeOffId: z.uuid() });
export type RemoveTimeOffInput = z.infer<typeof removeTimeOffInput>;

/** When a member takes appointments. */
export interface MemberHours {
  userId: string;
  name: string;
  /** IANA zone of their hours. */
  timezone: string;
  /** Whether that is their own, or the business's. */
  ownTimezone: boolean;
  /** null: as the business is open. */
  days: BusinessDays | null;
  /** When the business is open, in its zone; null where it never said: then nobody without hours is free. */
  businessDays: BusinessDays | null;
  /** From today on, by day. */
  exceptions: { day: string; spans: { from: string; to: string }[]; note: string }[];
  /** Not yet over, by time. */
  timeOff: { id: string; startsAt: Date; endsAt: Date; reason: string }[];
}

function isZone(zone: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}
