import { eq, sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { channelConfigurations as channels } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { ProviderTemplate } from "#server/providers/contract.ts";

/** How long what was read of a provider is taken for true, unless an event says otherwise. */
export const freshForMs = 6 * 60 * 60 * 1000;

/**
 * Makes a channel's templates what its provider has: new ones appear, changed ones change, those that are
 * gone go. What the admin switched off stays off. As many statements for a thousand as for one.
 */
export async function storeTemplates(
  ctx: Ctx,
  { channelId, templates }: { channelId: string; templates: readonly ProviderTemplate[] },
): Promise<void> {
  const now = ctx.clock.now();
  const byKey = new Map(templates.map((one) => [`${one.name}\n${one.language}`, one]));
  const rows = [...byKey.values()].map((one) => ({ ...one, id: newId() }));
  await withTenant(ctx, async (tx) => {
    // One sync at a time: the later one stores what was read later.
    const [channel] = await tx
      .select({ id: channels.id })
      .from(channels)
      .where(eq(channels.id, channelId))
      .for("update");
    if (!channel) return;
    await tx.execute(sql`
      with told as (
        select * from jsonb_to_recordset(${jsonRows(rows)}::jsonb) as told (
          id uuid, name text, language text, category text, status text, quality text, header text, body text, footer text,
          buttons jsonb, variables jsonb, definition jsonb, "externalId" text, "statusReason" text)
      ), gone as (
        delete from message_templates held where held.channel_id = ${channelId}::uuid
           and not exists (select from told where told.name = held.name and told.language = held.language)
      )
      insert into message_templates (tenant_id, id, channel_id, external_id, name, language, category, status, quality, status_reason,
                                     header, body, footer, buttons, variables, definition, synced_at, updated_at)
      select ${ctx.tenantId}::uuid, id, ${channelId}::uuid, "externalId", name, language, category, status, quality, "statusReason",
             header, body, footer, buttons, variables, definition, ${now.toISOString()}::timestamptz, ${now.toISOString()}::timestamptz
        from told
      on conflict (tenant_id, channel_id, name, language) do update
         set external_id = excluded.external_id, category = excluded.category, status = excluded.status, quality = excluded.quality,
             -- A sentence that an event brought says more than the list's one word.
             status_reason = case when message_templates.status = excluded.status
                                  then coalesce(message_templates.status_reason, excluded.status_reason) else excluded.status_reason end,
             header = excluded.header, body = excluded.body, footer = excluded.footer, buttons = excluded.buttons,
             variables = excluded.variables, definition = excluded.definition, synced_at = excluded.synced_at,
             updated_at = excluded.updated_at`);
    await tx
      .update(channels)
      .set({ templatesDueAt: new Date(now.getTime() + freshForMs) })
      .where(eq(channels.id, channelId));
    tx.afterCommit(() => publish(ctx.tenantId, "channels", [channelId]));
  });
}
