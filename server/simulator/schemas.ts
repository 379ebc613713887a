import { z } from "zod";

/** A phone: the line it writes to and the customer's number, or a business-scoped id such as `FR.1349…`. */
export const phoneRef = z.object({
  channelId: z.uuid(),
  address: z
    .string()
    .trim()
    .regex(/^(?:\+[1-9]\d{6,14}|[A-Z]{2}\.\d{5,20})$/, "invalid_phone"),
});
export type PhoneRef = z.infer<typeof phoneRef>;

export const writeInput = phoneRef.extend({
  name: z.string().trim().max(80).default(""),
  text: z.string().trim().min(1, "required").max(4_096, "too_long"),
});
export type WriteInput = z.infer<typeof writeInput>;

/** How the line's provider misbehaves. Applies to every number of that provider. */
export const behaveInput = z.object({
  channelId: z.uuid(),
  duplicate: z.boolean().optional(),
  delay: z.boolean().optional(),
  shuffle: z.boolean().optional(),
  failSends: z.boolean().optional(),
});
export type BehaveInput = z.infer<typeof behaveInput>;
