import { z } from "zod";

/** Whose texts: those one wrote oneself, or of work that is assigned to one. */
const searchedBy = ["written", "assigned"] as const;
const searchedChannels = ["whatsapp", "sms", "phone", "email", "instagram"] as const;

export const searchInput = z.object({
  query: z.string().trim().min(1, "required").max(200, "too_long"),
  channel: z.enum(searchedChannels).optional(),
  sinceDays: z.number().int().min(1).max(3660).optional(),
  by: z.enum(searchedBy).optional(),
  /** `next` of the page before. */
  cursor: z.string().max(200).nullish(),
  limit: z.number().int().min(1).max(50).default(25),
});
export const searchAtOnceInput = z.object({
  query: searchInput.shape.query,
  /** Of each kind. */
  limit: z.number().int().min(1).max(20).default(5),
});
export type SearchAtOnceInput = z.input<typeof searchAtOnceInput>;
export type SearchInput = z.input<typeof searchInput>;
