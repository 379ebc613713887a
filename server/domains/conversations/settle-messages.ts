import type { SQL } from "drizzle-orm";
import { sql } from "drizzle-orm";
import type { messageEventKinds } from "#db/schema/messages.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";

export type EventKind = (typeof messageEventKinds)[number];

/**
 * Sets messages to what all their events together say. Computed from every event there is, never from
 * the newest alone: the order of arrival does not matter, and doing it twice changes nothing.
 */
export async function settleMessages(
  ctx: Ctx,
  touched: readonly { messageId: string; kind: EventKind }[],
): Promise<void> {
  const byKind = Map.groupBy(touched, (event) => event.kind);
  await withTenant(ctx, async (tx) => {
    // An edit of what was revoked changes nothing: revocations come last.
    for (const kind of ["status", "reaction", "edit", "revoke"] as const) {
      const ids = [...new Set((byKind.get(kind) ?? []).map((event) => event.messageId))];
      if (ids.length === 0) continue;
      const [list, now] = [`{${ids.join(",")}}`, ctx.clock.now().toISOString()] as const;
      await tx.execute(statements[kind](list, now));
      if (kind === "status") await tx.execute(settleSeenBefore(list, now));
    }
  });
}

const statements: Record<EventKind, (ids: string, now: string) => SQL> = {
  status: settleStatuses,
  reaction: settleReactions,
  edit: settleEdits,
  revoke: settleRevocations,
};

/** Ranks only rise, `failed` above all; each status keeps the earliest time it was told. */
function settleStatuses(ids: string, now: string): SQL {
  return sql`
    with ranks (words) as (values ('{pending,unknown,sent,delivered,read,failed}'::text[])),
    told as (
      select event.message_id, min(event.target_external_id) as external_id,
             max(array_position(ranks.words, event.data ->> 'status')) as highest,
             min(occurred_at) filter (where event.data ->> 'status' = 'sent') as sent_at,
             min(occurred_at) filter (where event.data ->> 'status' = 'delivered') as delivered_at,
             min(occurred_at) filter (where event.data ->> 'status' = 'read') as read_at,
             min(occurred_at) filter (where event.data ->> 'status' = 'failed') as failed_at,
             (array_agg(event.data order by occurred_at, id) filter (where event.data ->> 'errorCode' is not null))[1] as error,
             max((event.data ->> 'costCents')::integer) as cost_cents
        from message_events event, ranks
       where event.message_id = any (${ids}::uuid[]) and event.kind = 'status'
       group by event.message_id
    )
    update messages message
       set status = ranks.words[greatest(array_position(ranks.words, message.status), told.highest)],
           sent_at = least(message.sent_at, told.sent_at), delivered_at = least(message.delivered_at, told.delivered_at),
           read_at = least(message.read_at, told.read_at), failed_at = least(message.failed_at, told.failed_at),
           error_code = coalesce(told.error ->> 'errorCode', message.error_code),
           error_message = coalesce(told.error ->> 'errorText', message.error_message),
           data = case when told.error ->> 'errorClass' is null then message.data
                  else coalesce(message.data, '{}') || jsonb_build_object('refusal', told.error -> 'errorClass') end,
           cost_cents = greatest(message.cost_cents, told.cost_cents),
           external_id = coalesce(message.external_id, case when not exists (
             select from messages other where other.channel_id = message.channel_id and other.external_id = told.external_id
           ) then told.external_id end),
           updated_at = ${now}::timestamptz
      from told, ranks
     where message.id = any (${ids}::uuid[]) and message.id = told.message_id and message.direction = 'out'`;
}

/** Where "read" was told of everything up to a message: what was sent before it, and arrived, was read too. */
function settleSeenBefore(ids: string, now: string): SQL {
  return sql`
    update messages earlier
       set status = 'read', read_at = least(earlier.read_at, seen.at), updated_at = ${now}::timestamptz
      from (select message.conversation_id, message.occurred_at, min(event.occurred_at) as at
              from message_events event
              join messages message on message.tenant_id = event.tenant_id and message.id = event.message_id
             where event.message_id = any (${ids}::uuid[]) and event.kind = 'status' and event.data ->> 'upTo' = 'true'
             group by 1, 2) seen
     where earlier.conversation_id = seen.conversation_id and earlier.direction = 'out'
       and earlier.occurred_at < seen.occurred_at and earlier.occurred_at > seen.occurred_at - interval '7 days'
       and earlier.status in ('sent', 'delivered')`;
}

/**
 * The customer's and the business's own latest reaction, unless it was taken back. Ours carries how far it
 * has come; one that failed to be taken back stands, marked.
 */
function settleReactions(ids: string, now: string): SQL {
  return sql`
    with told as (
      select message_id, occurred_at, id, data ->> 'by' as by, data ->> 'emoji' as emoji, data ->> 'state' as state, data ->> 'error' as error
        from message_events
       where message_id = any (${ids}::uuid[]) and kind = 'reaction'
    ), latest as (
      select distinct on (message_id, by) * from told order by message_id, by, occurred_at desc, id desc
    ), before as (
      select distinct on (message_id, by) message_id, by, emoji from told
       where state is distinct from 'failed' order by message_id, by, occurred_at desc, id desc
    ), shown as (
      select latest.message_id, latest.by, latest.occurred_at, latest.state, latest.error,
             case when latest.state = 'failed' then coalesce(latest.emoji, before.emoji) else latest.emoji end as emoji
        from latest left join before on before.message_id = latest.message_id and before.by = latest.by
    ), standing as (
      select message_id,
             coalesce(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('by', by, 'emoji', emoji, 'at', occurred_at, 'state', state, 'error', error))
                                order by occurred_at) filter (where emoji is not null), '[]') as list
        from shown group by message_id
    )
    update messages message set reactions = standing.list, updated_at = ${now}::timestamptz
      from standing where message.id = any (${ids}::uuid[]) and message.id = standing.message_id and message.deleted_at is null`;
}

/** The latest wording stands. */
function settleEdits(ids: string, now: string): SQL {
  return sql`
    with latest as (
      select distinct on (message_id) message_id, occurred_at, data -> 'content' as content
        from message_events
       where message_id = any (${ids}::uuid[]) and kind = 'edit'
       order by message_id, occurred_at desc, id desc
    )
    update messages message
       set text = latest.content ->> 'text', kind = latest.content ->> 'kind',
           -- An edited caption comes without the picture it stands under.
           media = case when jsonb_array_length(latest.content -> 'media') = 0 then message.media else latest.content -> 'media' end,
           data = coalesce(nullif(latest.content -> 'data', 'null'), message.data), edited_at = latest.occurred_at,
           updated_at = ${now}::timestamptz
      from latest where message.id = any (${ids}::uuid[]) and message.id = latest.message_id and message.deleted_at is null`;
}

/** What was taken back is gone from the thread; that it was there stays. */
function settleRevocations(ids: string, now: string): SQL {
  return sql`
    update messages message
       set deleted_at = revoked.at, text = '', media = '[]', data = null, reactions = '[]', updated_at = ${now}::timestamptz
      from (select message_id, min(occurred_at) as at from message_events
             where message_id = any (${ids}::uuid[]) and kind = 'revoke' group by message_id) revoked
     where message.id = any (${ids}::uuid[]) and message.id = revoked.message_id and message.deleted_at is null`;
}
