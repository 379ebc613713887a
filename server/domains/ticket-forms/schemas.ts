import { z } from "zod";
import { ticketFieldTypes } from "#db/schema/ticket-forms.ts";
import { ticketPriorities } from "#db/schema/tickets.ts";

const name = z.string("required").trim().min(1, "required").max(60, "too_long");
const choice = z.string().trim().min(1).max(80, "too_long");

/** Values as a form or a caller gives them, by the field's id; looked at closer by `readFieldValues`. Null or nothing takes a value away. */
export const givenFieldValues = z.record(z.uuid(), z.union([z.string().max(5_000), z.number(), z.boolean(), z.null()]));
export type GivenFieldValues = z.infer<typeof givenFieldValues>;

export const categoryRef = z.object({ categoryId: z.uuid() });
export type CategoryRef = z.infer<typeof categoryRef>;
export const createCategoryInput = z.object({ name });
export type CreateCategoryInput = z.input<typeof createCategoryInput>;
export const renameCategoryInput = categoryRef.extend({ name });
export type RenameCategoryInput = z.input<typeof renameCategoryInput>;

const up = z.boolean();
const archived = z.boolean();
export const archiveCategoryInput = categoryRef.extend({ archived });
export type ArchiveCategoryInput = z.infer<typeof archiveCategoryInput>;
export const moveCategoryInput = categoryRef.extend({ up });
export type MoveCategoryInput = z.infer<typeof moveCategoryInput>;

const definition = {
  name,
  /** Of a choice: at least two, each once. */
  choices: z
    .array(choice)
    .max(50, "too_many")
    .transform((all) => [...new Set(all)])
    .default([]),
  required: z.boolean().default(false),
};
export const fieldRef = z.object({ fieldId: z.uuid() });
export type FieldRef = z.infer<typeof fieldRef>;
export const createFieldInput = z
  .object({ ...definition, type: z.enum(ticketFieldTypes, "required") })
  .refine((field) => field.type !== "choice" || field.choices.length >= 2, {
    path: ["choices"],
    error: "two_choices",
  });
export type CreateFieldInput = z.input<typeof createFieldInput>;
/** What a field is stays: its values would be of another type. */
export const updateFieldInput = fieldRef.extend(definition);
export type UpdateFieldInput = z.input<typeof updateFieldInput>;
export const archiveFieldInput = fieldRef.extend({ archived });
export type ArchiveFieldInput = z.infer<typeof archiveFieldInput>;
export const moveFieldInput = fieldRef.extend({ up });
export type MoveFieldInput = z.infer<typeof moveFieldInput>;

export const templateRef = z.object({ templateId: z.uuid() });
export type TemplateRef = z.infer<typeof templateRef>;
export const createTemplateInput = z.object({
  name,
  subject: z.string().trim().max(200, "too_long").default(""),
  description: z.string().trim().max(10_000, "too_long").default(""),
  categoryId: z.uuid().nullable().default(null),
  priority: z.enum(ticketPriorities).default("medium"),
  fields: givenFieldValues.default({}),
});
export type CreateTemplateInput = z.input<typeof createTemplateInput>;
export const updateTemplateInput = createTemplateInput.extend(templateRef.shape);
export type UpdateTemplateInput = z.input<typeof updateTemplateInput>;
