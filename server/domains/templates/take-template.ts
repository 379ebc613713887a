import { eq, sql } from "drizzle-orm";
import { messageTemplates } from "#db/schema/templates.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError, invalid, notFound } from "#server/core/errors.ts";
import { findTemplate } from "./find-template.ts";
import { missingVariables, renderTemplate } from "./render-template.ts";
import { templateVariables } from "./schemas.ts";
import { labelsOf } from "./template-summary.ts";

/** A template made ready for one message. */
export interface TakenTemplate {
  name: string;
  language: string;
  category: string;
  externalId: string | null;
  /** Values by name, in the template's order. */
  variables: { name: string; value: string }[];
  buttons: string[];
  /** What the customer reads. */
  text: string;
}

/**
 * Makes a template ready for a message on its channel. Refused while the provider has not
 * approved it (`template_not_approved`), when it is switched off (`template_off`), or when a variable has
 * no value; `not_found` for one of another channel.
 */
export async function takeTemplate(
  ctx: Ctx,
  input: { templateId: string; channelId: string; variables: Record<string, string> },
): Promise<TakenTemplate> {
  const template = await findTemplate(ctx, input.templateId);
  if (template.channelId !== input.channelId) throw notFound();
  if (template.status !== "approved") throw new DomainError("conflict", "template_not_approved");
  if (!template.enabled) throw new DomainError("conflict", "template_off");
  const values = templateVariables.parse(input.variables);
  const missing = missingVariables(template, values);
  if (missing.length > 0) throw invalid(Object.fromEntries(missing.map((name) => [name, "required"])));
  const links = template.variables.filter(({ name }) => linked.has(name) && !isLink(values[name] ?? ""));
  if (links.length > 0) throw invalid(Object.fromEntries(links.map(({ name }) => [name, "invalid_link"])));
  const { name, language, category, externalId } = template;
  return {
    name,
    language,
    category,
    externalId,
    variables: template.variables.map((one) => ({ name: one.name, value: values[one.name] ?? "" })),
    buttons: labelsOf(template),
    text: renderTemplate(template, values),
  };
}

/** The most used come first where one looks for a template. */
export async function countTemplateUse(ctx: Ctx, templateId: string): Promise<void> {
  await withTenant(ctx, (tx) =>
    tx
      .update(messageTemplates)
      .set({ usageCount: sql`${messageTemplates.usageCount} + 1` })
      .where(eq(messageTemplates.id, templateId)),
  );
}

/** The heading's file is fetched by the provider. */
const linked: ReadonlySet<string> = new Set(["header.image", "header.video", "header.document"]);

function isLink(value: string): boolean {
  return URL.canParse(value) && new URL(value).protocol === "https:";
}
