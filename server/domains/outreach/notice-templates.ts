import type { TenantTx } from "#db/tenant.ts";

/** An approved message that may leave outside a reply window; its variables are given meanings by the business. */
export interface NoticeTemplate {
  name: string;
  body: string;
  variables: string[];
}

const usable = "template.tenant_id = $1 and template.status = 'approved' and template.enabled";

/** What a business can choose from, one line a name, of those whose every variable is words. */
export async function listNoticeTemplates(tx: TenantTx): Promise<NoticeTemplate[]> {
  const rows = await tx.raw.unsafe<(Omit<NoticeTemplate, "variables"> & { variables: { name: string }[] })[]>(
    `select distinct on (template.name) template.name, template.body, template.variables
       from message_templates template
       join channel_configurations channel on channel.tenant_id = $1 and channel.id = template.channel_id
      where ${usable} and channel.channel_type = 'whatsapp' and template.category <> 'marketing'
      order by template.name, template.language desc limit 200`,
    [tx.tenantId],
    { prepare: true },
  );
  return rows.map(({ variables, ...template }) => ({ ...template, variables: variables.map(({ name }) => name) }));
}

/** The chosen message on one channel, in the customer's language if there is one; null when it may not be sent there. */
export async function findNoticeTemplate(
  tx: TenantTx,
  { channelId, name, language }: { channelId: string; name: string; language: string },
): Promise<string | null> {
  const [row] = await tx.raw.unsafe<{ id: string }[]>(
    `select template.id from message_templates template
      where ${usable} and template.channel_id = $2::uuid and template.name = $3
      order by left(template.language, 2) = left($4, 2) desc, template.language desc limit 1`,
    [tx.tenantId, channelId, name, language],
    { prepare: true },
  );
  return row?.id ?? null;
}
