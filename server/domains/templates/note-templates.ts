import { sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { InboundEvent } from "#server/providers/contract.ts";

/** What a provider said of one of its account's templates. */
export interface TemplateNews {
  channelId: string;
  occurredAt: Date;
  template: NonNullable<Extract<InboundEvent, { kind: "account" }>["template"]>;
}

/**
 * Takes in what a provider says of templates, for every channel of that account, and has the whole list
 * read again soon: events come in any order, and may speak of what was never listed.
 */
export async function noteTemplates(ctx: Ctx, news: readonly TemplateNews[]): Promise<void> {
  if (news.length === 0) return;
  const oldestFirst = news.toSorted((a, b) => Number(a.occurredAt) - Number(b.occurredAt));
  // Each property by itself: the last that was said of it.
  const said = new Map<string, Record<string, unknown>>();
  for (const { channelId, template } of oldestFirst) {
    const { name, language, status, quality, reason } = template;
    const key = `${channelId}\n${name}\n${language}`;
    const before = said.get(key) ?? { channel_id: channelId, name, language };
    said.set(key, {
      ...before,
      ...(status === null ? {} : { status, reason }),
      ...(quality === null ? {} : { quality }),
    });
  }
  await withTenant(ctx, async (tx) => {
    const now = ctx.clock.now().toISOString();
    const touched = await tx.execute<{ id: string }>(sql`
      with said as (
        select * from jsonb_to_recordset(${jsonRows([...said.values()])}::jsonb)
          as said (channel_id uuid, name text, language text, status text, quality text, reason text)
      ), places as (
        select said.*, channel.id as place from said
          join channel_configurations named on named.id = said.channel_id
          join channel_configurations channel
            on channel.id = named.id or (channel.provider = named.provider and channel.account_id = named.account_id)
      ), changed as (
        update message_templates held
           set status = coalesce(places.status, held.status), quality = coalesce(places.quality, held.quality),
               status_reason = case when places.status is null then held.status_reason else places.reason end,
               updated_at = ${now}::timestamptz
          from places where held.channel_id = places.place and held.name = places.name and held.language = places.language
      )
      update channel_configurations channel set templates_due_at = null
       where channel.id in (select place from places) returning channel.id`);
    tx.afterCommit(() =>
      publish(
        ctx.tenantId,
        "channels",
        touched.map(({ id }) => id),
      ),
    );
  });
}
