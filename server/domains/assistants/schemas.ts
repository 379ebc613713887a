import { z } from "zod";
import { canonicalPhone } from "#server/core/phones.ts";

export const assistantRef = z.object({ channelId: z.uuid() });
export type AssistantRef = z.infer<typeof assistantRef>;

const number = z
  .string()
  .trim()
  .transform((written) => (written === "" ? "" : (canonicalPhone(written) ?? "?")))
  .refine((e164) => e164 !== "?", "invalid_phone");

/** Empty texts are left as the provider has them; an empty number: callers are put through to nobody. */
export const assistantDefinition = z.object({
  prompt: z.string().trim().max(20_000, "too_long"),
  greeting: z.string().trim().max(500, "too_long"),
  language: z.enum(["fr", "en"]),
  voice: z.string().trim().max(100, "too_long"),
  functions: z.array(z.string().max(64)).max(30),
  transferTo: number,
});

export const saveAssistantInput = assistantRef.extend({ definition: assistantDefinition });
export type SaveAssistantInput = z.input<typeof saveAssistantInput>;

/** `seen`: what the provider had when the differences were shown. */
export const sendAssistantInput = assistantRef.extend({
  number: z.number().int().positive(),
  seen: z.string().max(100),
});
export type SendAssistantInput = z.infer<typeof sendAssistantInput>;
