import type { messageTemplates } from "#db/schema/templates.ts";

type TemplateRow = typeof messageTemplates.$inferSelect;

/** A template as everybody who works in the tenant may see it; `buttons` are their labels. */
export interface TemplateSummary extends Omit<
  TemplateRow,
  "tenantId" | "externalId" | "definition" | "buttons" | "createdAt" | "updatedAt"
> {
  buttons: string[];
}

export function summaryOf(row: TemplateRow): TemplateSummary {
  return {
    id: row.id,
    channelId: row.channelId,
    name: row.name,
    language: row.language,
    category: row.category,
    status: row.status,
    quality: row.quality,
    statusReason: row.statusReason,
    header: row.header,
    body: row.body,
    footer: row.footer,
    buttons: labelsOf(row),
    variables: row.variables,
    enabled: row.enabled,
    usageCount: row.usageCount,
    syncedAt: row.syncedAt,
  };
}

export function labelsOf({ buttons }: Pick<TemplateRow, "buttons">): string[] {
  return buttons.flatMap(({ text }) => (typeof text === "string" ? text : []));
}
