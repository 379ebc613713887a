import { z } from "zod";

/** What is filled in when a reply is used. */
export const quickReplyVariables = [
  "customer.first_name",
  "customer.name",
  "customer.city",
  "agent.name",
  "business.name",
] as const;

const known: ReadonlySet<string> = new Set(quickReplyVariables);
const template = z
  .string()
  .trim()
  .min(1, "required")
  .max(4_000, "too_long")
  .refine((text) => variablesIn(text).every((name) => known.has(name)), "unknown_variable");

/** The names between double braces. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(/\{\{\s*([^{}]*?)\s*\}\}/g)].map((match) => match[1] ?? "");
}

export const quickReplyRef = z.object({ quickReplyId: z.uuid() });
export type QuickReplyRef = z.infer<typeof quickReplyRef>;

export const quickReplyFields = z.object({
  /** What is typed after `/`. */
  shortcut: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}_-]{0,39}$/u, "invalid_shortcut"),
  template,
  category: z.string().trim().min(1, "required").max(40, "too_long").default("general"),
  /** The member's own; else everybody's. */
  personal: z.boolean().default(false),
});
export type QuickReplyFields = z.input<typeof quickReplyFields>;

export const updateQuickReplyInput = quickReplyRef.extend(quickReplyFields.omit({ personal: true }).partial().shape);
export type UpdateQuickReplyInput = z.input<typeof updateQuickReplyInput>;

export const useQuickReplyInput = quickReplyRef.extend({ conversationId: z.uuid() });
export type UseQuickReplyInput = z.infer<typeof useQuickReplyInput>;
