import { z } from "zod";
import { channelTypes } from "#db/schema/channels.ts";
import { activityTypes, customerStatuses, segments } from "#db/schema/customers.ts";

export const customerSorts = ["recent", "name", "revenue"] as const;
export type CustomerSort = (typeof customerSorts)[number];

const cursor = z.string().max(400).optional();
const one = { customerId: z.uuid() };
const name = z.string("required").trim().min(1, "required").max(160, "too_long");
/** What a form leaves empty is cleared; what it does not send stays. */
const word = (most: number) =>
  z
    .string()
    .trim()
    .max(most, "too_long")
    .transform((text) => text || null)
    .nullable()
    .optional();

export const listCustomersInput = z.object({
  search: z.string().trim().max(200).optional(),
  segment: z.enum(segments).optional(),
  tag: z.string().trim().max(60).optional(),
  sort: z.enum(customerSorts).default("recent"),
  after: cursor,
  before: cursor,
});
export type ListCustomersInput = z.input<typeof listCustomersInput>;

/** The parameters of the list's address that a saved view keeps: filter and order, without the page. */
export const customerViewQuery = z
  .strictObject({
    q: z.string().trim().min(1).max(200),
    segment: z.enum(segments),
    tag: z.string().trim().min(1).max(60),
    sort: z.enum(customerSorts),
  })
  .partial()
  .transform((query): Record<string, string> => query);

export const countCustomersInput = z.object({
  filters: z
    .array(z.object({ segment: z.enum(segments).optional(), tag: z.string().trim().max(60).optional() }))
    .max(10),
});
export type CountCustomersInput = z.input<typeof countCustomersInput>;

export const customerInput = z.object(one);
export type CustomerInput = z.input<typeof customerInput>;

const fields = {
  firstName: word(80),
  lastName: word(80),
  segment: z.enum(segments).optional(),
  status: z.enum(customerStatuses).optional(),
  preferredChannel: z.enum(channelTypes).nullable().optional(),
  language: z.enum(["fr", "en"]).optional(),
  address: word(200),
  city: word(100),
  postalCode: word(20),
  country: z.string().trim().toUpperCase().length(2, "invalid").optional(),
};

export const createCustomerInput = z.object({
  displayName: name,
  phone: z.string().trim().max(40, "too_long").optional(),
  email: z.string().trim().max(200, "too_long").optional(),
  ...fields,
});
export type CreateCustomerInput = z.input<typeof createCustomerInput>;
export const updateCustomerInput = z.object({ ...one, displayName: name.optional(), ...fields });
export type UpdateCustomerInput = z.input<typeof updateCustomerInput>;

/** The identities that people write by hand; the others come with what the channels say. */
export const writtenKinds = ["phone", "email", "handle"] as const;
const value = z.string("required").trim().min(1, "required").max(200, "too_long");
export const holderInput = z.object({ kind: z.enum(writtenKinds), value });
export type HolderInput = z.input<typeof holderInput>;
export const addIdentityInput = z.object({ ...one, kind: z.enum(writtenKinds), value });
export type AddIdentityInput = z.input<typeof addIdentityInput>;
export const identityInput = z.object({ ...one, identityId: z.uuid() });
export type IdentityInput = z.input<typeof identityInput>;

const content = z.string("required").trim().min(1, "required").max(5_000, "too_long");
export const addNoteInput = z.object({ ...one, content });
export type AddNoteInput = z.input<typeof addNoteInput>;
export const editNoteInput = z.object({ ...one, noteId: z.uuid(), content });
export type EditNoteInput = z.input<typeof editNoteInput>;
export const noteInput = z.object({ ...one, noteId: z.uuid() });
export type NoteInput = z.input<typeof noteInput>;

/** Lower case, so that « VIP » and « vip » are one tag. */
const tag = z.string("required").trim().toLowerCase().min(1, "required").max(60, "too_long");
export const tagInput = z.object({ ...one, tag });
export type TagInput = z.input<typeof tagInput>;

export const loggedTypes = ["call", "visit", "email", "order", "other"] as const;
export const logInteractionInput = z
  .object({
    ...one,
    type: z.enum(loggedTypes),
    description: z.string().trim().max(1_000, "too_long").default(""),
    /** Whole cents; what an order was worth. */
    amountCents: z.number("invalid").int().min(0, "invalid").max(1_000_000_000, "invalid").optional(),
    currency: z.string().length(3, "invalid").optional(),
    occurredAt: z.date().optional(),
  })
  .refine((input) => input.type !== "order" || input.amountCents !== undefined, {
    path: ["amountCents"],
    message: "required",
  });
export type LogInteractionInput = z.input<typeof logInteractionInput>;

export const setPreferencesInput = z.object({
  ...one,
  emailEnabled: z.boolean(),
  smsEnabled: z.boolean(),
  whatsappEnabled: z.boolean(),
  phoneEnabled: z.boolean(),
  instagramEnabled: z.boolean(),
  marketingConsent: z.boolean(),
});
export type SetPreferencesInput = z.input<typeof setPreferencesInput>;

export const listActivitiesInput = z.object({
  ...one,
  types: z.array(z.enum(activityTypes)).optional(),
  after: cursor,
});
export type ListActivitiesInput = z.input<typeof listActivitiesInput>;
