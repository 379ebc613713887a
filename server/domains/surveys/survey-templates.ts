import type { SurveyChannelType } from "#db/schema/surveys.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

/** An approved message without variables: nobody is there to fill them in. */
const usable = `template.tenant_id = $1 and template.status = 'approved' and template.enabled and template.variables = '[]'`;

/** A message that may ask outside the reply window. */
export interface SurveyTemplate {
  channelType: SurveyChannelType;
  name: string;
  body: string;
}

/** What a business can choose from, one line a name. */
export async function listSurveyTemplates(ctx: Ctx): Promise<SurveyTemplate[]> {
  const rows = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<SurveyTemplate[]>(
      `select distinct on (channel.channel_type, template.name) channel.channel_type as "channelType", template.name, template.body
         from message_templates template
         join channel_configurations channel on channel.tenant_id = $1 and channel.id = template.channel_id
        where ${usable}
        order by channel.channel_type, template.name, template.language desc limit 200`,
      [ctx.tenantId],
      { prepare: true },
    ),
  );
  return [...rows];
}

/** The chosen message on one channel, in the customer's language if there is one; null when it may not be sent there. */
export async function findSurveyTemplate(
  ctx: Ctx,
  { channelId, name, language }: { channelId: string; name: string; language: string },
): Promise<string | null> {
  const [row] = await withTenant(ctx, (tx) =>
    tx.raw.unsafe<{ id: string }[]>(
      `select template.id from message_templates template
        where ${usable} and template.channel_id = $2 and template.name = $3
        order by left(template.language, 2) = left($4, 2) desc, template.language desc limit 1`,
      [ctx.tenantId, channelId, name, language],
      { prepare: true },
    ),
  );
  return row?.id ?? null;
}
