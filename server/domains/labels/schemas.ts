import { z } from "zod";
import { labelColours } from "#db/schema/labels.ts";

export const labelFields = z.object({
  name: z.string("required").trim().min(1, "required").max(40, "too_long"),
  colour: z.enum(labelColours).default("grey"),
});
export type LabelFields = z.input<typeof labelFields>;

export const labelRef = z.object({ labelId: z.uuid() });
export type LabelRef = z.infer<typeof labelRef>;

export const updateLabelInput = labelRef.extend(labelFields.partial().shape);
export type UpdateLabelInput = z.input<typeof updateLabelInput>;
