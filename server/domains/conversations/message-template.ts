import type { messages } from "#db/schema/messages.ts";
import { findDefinition, type TakenTemplate } from "#server/domains/templates/index.ts";
import type { Ctx } from "#server/core/context.ts";
import type { OutboundTemplate } from "#server/providers/contract.ts";

type MessageRow = typeof messages.$inferSelect;

/** What a message keeps of its template: enough to send it again, and what the thread shows. */
export type MessageTemplate = Omit<TakenTemplate, "text">;

/** The columns of a message that is a template, with what else is kept of it. */
export function templateColumns(template: MessageTemplate, marks: Record<string, unknown> = {}) {
  return {
    templateName: template.name,
    templateVariables: Object.fromEntries(template.variables.map(({ name, value }) => [name, value])),
    data: { template, ...marks },
  };
}

/** The template of a message as it was written; null for a free text. */
export function templateOf({ templateName, data }: Pick<MessageRow, "templateName" | "data">): MessageTemplate | null {
  return templateName === null ? null : ((data?.template as MessageTemplate | undefined) ?? null);
}

/** The template as its provider is told of it. */
export async function outboundTemplate(ctx: Ctx, message: MessageRow): Promise<OutboundTemplate | null> {
  const template = templateOf(message);
  if (!template) return null;
  const { name, language, category, externalId, variables } = template;
  const definition = await findDefinition(ctx, { channelId: message.channelId, name, language });
  return { name, language, category, externalId, variables, definition };
}
