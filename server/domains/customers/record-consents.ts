import { inArray, sql } from "drizzle-orm";
import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import { channelConfigurations } from "#db/schema/channels.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import type { PersonRef } from "#server/providers/contract.ts";
import { resolveCustomers } from "./resolve-customers.ts";

/** What a person said about being written to: STOP, START, or a marketing preference. */
export interface ToldConsent {
  person: PersonRef;
  scope: "all" | "marketing";
  granted: boolean;
  occurredAt: Date;
  channelId: string;
  /** The provider's name for "the same word again". */
  dedupeKey: string;
}

export interface RecordedConsent {
  customerId: string;
  outcome: "recorded" | "duplicate";
}

/**
 * Writes what people agreed to on a channel. Each word is kept as an activity; the latest by the
 * provider's clock stands, in whatever order they arrive. Answers in order.
 */
export async function recordConsents(ctx: Ctx, told: readonly ToldConsent[]): Promise<RecordedConsent[]> {
  return withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    const channels = await channelTypesOf(
      inner,
      told.map((consent) => consent.channelId),
    );
    const people = await resolveCustomers(
      inner,
      told.map((consent, at) => ({ ...consent, key: String(at), channelType: channels.get(consent.channelId)! })),
    );
    const customerIds = told.map((_, at) => people.get(String(at))!.customerId);
    const rows = told.map((consent, at) => ({
      id: newId(),
      customer_id: customerIds[at],
      channel: channels.get(consent.channelId),
      key: consent.dedupeKey,
      scope: consent.scope,
      granted: consent.granted,
      at: consent.occurredAt,
    }));
    const written = await tx.execute<{ id: string }>(sql`
      insert into customer_activities (tenant_id, id, customer_id, type, channel, description, metadata, occurred_at)
      select ${ctx.tenantId}::uuid, told.id, told.customer_id, 'other', told.channel, '',
             jsonb_build_object('consent', jsonb_build_object('scope', told.scope, 'granted', told.granted, 'key', told.key)), told.at
        from (select distinct on (customer_id, key) * from jsonb_to_recordset(${jsonRows(rows)}::jsonb)
                as told (id uuid, customer_id uuid, channel text, key text, scope text, granted boolean, at timestamptz)
               order by customer_id, key, id) told
       where not exists (select from customer_activities activity
                          where activity.customer_id = told.customer_id and activity.type = 'other'
                            and activity.metadata -> 'consent' ->> 'key' = told.key)
      returning id`);
    await applyLatest(
      inner,
      customerIds,
      written.map((row) => row.id),
    );
    tx.afterCommit(() => publish(ctx.tenantId, "customers", customerIds));
    const isNew = new Set(written.map((row) => row.id));
    return rows.map((row, at) => ({
      customerId: customerIds[at]!,
      outcome: isNew.has(row.id) ? "recorded" : "duplicate",
    }));
  });
}

async function channelTypesOf(ctx: Ctx, ids: readonly string[]) {
  const { id, channelType } = channelConfigurations;
  const rows = await withTenant(ctx, (tx) =>
    tx
      .select({ id, channelType })
      .from(channelConfigurations)
      .where(inArray(id, [...new Set(ids)])),
  );
  return new Map(rows.map((row) => [row.id, row.channelType]));
}

/**
 * Sets what the new words are about to the latest word on it. Where an older word arrives late nothing
 * changes; what a member set by hand stands until the person says something newer.
 */
async function applyLatest(ctx: Ctx, customerIds: readonly string[], written: readonly string[]): Promise<void> {
  if (written.length === 0) return;
  await withTenant(ctx, (tx) =>
    tx.execute(sql`
      with said as (
        select distinct on (customer_id, subject) *
          from (select customer_id, id, occurred_at, (metadata -> 'consent' ->> 'granted')::boolean as granted,
                       case metadata -> 'consent' ->> 'scope' when 'marketing' then 'marketing' else channel end as subject
                  from customer_activities
                 where customer_id = any (${uuids(customerIds)}::uuid[]) and type = 'other' and metadata ? 'consent') told
         order by customer_id, subject, occurred_at desc, id desc
      ), latest as (
        select customer_id, jsonb_object_agg(subject, granted) as word,
               max(occurred_at) filter (where subject = 'marketing' and granted) as marketing_at
          from said where id = any (${uuids(written)}::uuid[])
         group by customer_id
      )
      insert into customer_communication_preferences
             (tenant_id, customer_id, email_enabled, sms_enabled, whatsapp_enabled, phone_enabled, instagram_enabled,
              marketing_consent, marketing_consent_at, updated_at)
      select ${ctx.tenantId}::uuid, customer_id,
             coalesce((word ->> 'email')::boolean, before.email_enabled, true),
             coalesce((word ->> 'sms')::boolean, before.sms_enabled, true),
             coalesce((word ->> 'whatsapp')::boolean, before.whatsapp_enabled, true),
             coalesce((word ->> 'phone')::boolean, before.phone_enabled, true),
             coalesce((word ->> 'instagram')::boolean, before.instagram_enabled, true),
             coalesce((word ->> 'marketing')::boolean, before.marketing_consent, false),
             case when word ? 'marketing' then marketing_at else before.marketing_consent_at end,
             ${ctx.clock.now().toISOString()}::timestamptz
        from latest left join customer_communication_preferences before using (customer_id)
      on conflict (tenant_id, customer_id) do update set
        email_enabled = excluded.email_enabled, sms_enabled = excluded.sms_enabled, whatsapp_enabled = excluded.whatsapp_enabled,
        phone_enabled = excluded.phone_enabled, instagram_enabled = excluded.instagram_enabled,
        marketing_consent = excluded.marketing_consent, marketing_consent_at = excluded.marketing_consent_at,
        updated_at = excluded.updated_at`),
  );
}

const uuids = (ids: readonly string[]) => `{${ids.join(",")}}`;
