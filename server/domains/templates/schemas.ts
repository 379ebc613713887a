import { z } from "zod";

const channelId = z.uuid();
const templateId = z.uuid();

export const listTemplatesInput = z.object({
  channelId,
  /** Only those that can be sent now: approved and switched on. */
  usable: z.boolean().default(false),
  /** Part of a name or of the text. */
  query: z.string().trim().max(100).default(""),
  /** `nextCursor` of the page before. */
  cursor: z.string().max(900).nullish(),
  limit: z.number().int().min(1).max(200).default(100),
});
export type ListTemplatesInput = z.input<typeof listTemplatesInput>;

export const syncTemplatesInput = z.object({ channelId });
export type SyncTemplatesInput = z.infer<typeof syncTemplatesInput>;

export const enableTemplateInput = z.object({ templateId, enabled: z.boolean() });
export type EnableTemplateInput = z.infer<typeof enableTemplateInput>;

/** By variable name. What is written on several lines is sent on one: providers refuse line ends. */
export const templateVariables = z.record(
  z.string().max(60),
  z
    .string()
    .max(1024, "too_long")
    .transform((value) => value.replace(/\s+/g, " ").trim()),
);

export const previewTemplateInput = z.object({ templateId, variables: templateVariables.default({}) });
export type PreviewTemplateInput = z.input<typeof previewTemplateInput>;
