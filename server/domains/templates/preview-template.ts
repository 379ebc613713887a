import type { Ctx } from "#server/core/context.ts";
import { findTemplate } from "./find-template.ts";
import { missingVariables, renderTemplate } from "./render-template.ts";
import type { PreviewTemplateInput } from "./schemas.ts";
import { previewTemplateInput } from "./schemas.ts";

/** What the customer would read, and which variables still need a value. */
export async function previewTemplate(
  ctx: Ctx,
  input: PreviewTemplateInput,
): Promise<{ text: string; missing: string[] }> {
  const { templateId, variables } = previewTemplateInput.parse(input);
  const template = await findTemplate(ctx, templateId);
  return { text: renderTemplate(template, variables), missing: missingVariables(template, variables) };
}
