import { z } from "zod";
import { ticketPriorities, ticketStatuses } from "#db/schema/tickets.ts";
import { variablesIn } from "#server/domains/quick-replies/schemas.ts";
import { givenFieldValues } from "#server/domains/ticket-forms/schemas.ts";

/** What a macro's reply fills in. */
export const macroVariables = [
  "customer.first_name",
  "agent.name",
  "business.name",
  "ticket.number",
  "ticket.subject",
] as const;
const known: ReadonlySet<string> = new Set(macroVariables);

/** What is left empty is not part of the macro. */
const words = (most: number) =>
  z
    .string()
    .trim()
    .max(most, "too_long")
    .transform((text) => text || undefined)
    .optional();

export const macroActions = z
  .object({
    status: z.enum(ticketStatuses).optional(),
    priority: z.enum(ticketPriorities).optional(),
    categoryId: z.uuid().nullable().optional(),
    assignee: z.union([z.literal("me"), z.literal("none"), z.uuid()]).optional(),
    fields: givenFieldValues.optional(),
    note: words(5_000),
    reply: words(4_000).refine((text) => variablesIn(text ?? "").every((name) => known.has(name)), "unknown_variable"),
  })
  .refine(
    ({ fields, ...rest }) =>
      Object.values(rest).some((value) => value !== undefined) || Object.keys(fields ?? {}).length > 0,
    { path: ["name"], error: "macro_empty" },
  );

const name = z.string("required").trim().min(1, "required").max(60, "too_long");
export const macroRef = z.object({ macroId: z.uuid() });
export type MacroRef = z.infer<typeof macroRef>;
export const createMacroInput = z.object({ name, actions: macroActions });
export type CreateMacroInput = z.input<typeof createMacroInput>;
export const updateMacroInput = createMacroInput.extend(macroRef.shape);
export type UpdateMacroInput = z.input<typeof updateMacroInput>;

export const previewMacroInput = macroRef.extend({ ticketId: z.uuid() });
export type PreviewMacroInput = z.infer<typeof previewMacroInput>;
export const runMacroInput = previewMacroInput.extend({
  /** Without its reply, where that cannot leave. */
  silent: z.boolean().default(false),
  /** Made once by the screen: the same key runs once. */
  idempotencyKey: z.string().min(8).max(80),
});
export type RunMacroInput = z.input<typeof runMacroInput>;
