import { surveyChannels } from "../schema/surveys.ts";
import type { TenantTx } from "../tenant.ts";
import type { DemoBusiness } from "./shape.ts";

/** What customers answered, in turn; null: nothing. */
const answers: Record<DemoBusiness["locale"], readonly { score: number; comment: string | null }[]> = {
  fr: [
    { score: 5, comment: "Très rapide, merci à Nadia !" },
    { score: 4, comment: null },
    { score: 5, comment: null },
    { score: 3, comment: "Très bien, mais la première réponse a tardé." },
    { score: 4, comment: "Bon conseil, le délai était un peu long." },
    { score: 2, comment: null },
  ],
  en: [
    { score: 5, comment: "Quick and kind, thank you." },
    { score: 4, comment: null },
    { score: 1, comment: "Nobody called me back." },
    { score: 5, comment: null },
  ],
};

/**
 * Surveys after tickets and conversations that were resolved: most of them answered, every fourth not, every seventh not sent. What was
 * answered stands in the thread and on the ticket's timeline, as it does when a customer answers.
 */
export async function writeSurveys(tx: TenantTx, { locale }: DemoBusiness, now: Date): Promise<void> {
  await tx.insert(surveyChannels).values(
    (["whatsapp", "sms", "email"] as const).map((channelType) => ({
      tenantId: tx.tenantId,
      channelType,
      enabled: true,
      delayMinutes: 60,
    })),
  );
  await tx.raw.unsafe(statement, [tx.tenantId, JSON.stringify(answers[locale]), now, locale] as never[]);
}

const statement = `
  with thing as (
    select ticket.id as ticket_id, ticket.conversation_id, coalesce(ticket.assignee_id, ticket.resolved_by) as member_id, ticket.resolved_at
      from tickets ticket where ticket.tenant_id = $1 and ticket.resolved_at is not null
    union all
    select null, thread.id, coalesce(thread.assignee_id, thread.resolved_by), coalesce(thread.resolved_at, thread.last_message_at)
      from conversations thread
     where thread.tenant_id = $1 and thread.status = 'resolved' and thread.last_outbound_at is not null
       and not exists (select from tickets known where known.tenant_id = $1 and known.conversation_id = thread.id)
  ), resolved as (
    select thing.ticket_id, thread.id as conversation_id, thread.customer_id, thread.channel_id, thread.channel_type, thing.member_id,
           thing.resolved_at, least(thing.resolved_at + interval '1 hour', $3::timestamptz - interval '90 minutes') as asked_at,
           row_number() over (order by thing.resolved_at desc, thread.id)::int as place
      from thing join conversations thread on thread.tenant_id = $1 and thread.id = thing.conversation_id
     where thread.channel_type in ('whatsapp', 'sms', 'email')
     limit 40
  ), planned as (
    select resolved.*, place % 7 = 0 as left_out, place % 4 = 0 as silent,
           $2::jsonb -> (place % jsonb_array_length($2::jsonb)) as answer
      from resolved
  ), written as (
    insert into surveys (tenant_id, id, conversation_id, customer_id, channel_type, ticket_id, member_id, status, reason, resolved_at, due_at,
                         asked_at, language, answerable_until, score, comment, answered_at, answered_by, created_at, updated_at)
    select $1::uuid, door.new_id(), conversation_id, customer_id, channel_type, ticket_id, member_id,
           case when left_out then 'not_sent' when silent then 'asked' else 'answered' end,
           case when left_out then 'window_closed' end, resolved_at, asked_at,
           case when not left_out then asked_at end, $4, asked_at + interval '7 days',
           case when not left_out and not silent then (answer ->> 'score')::smallint end,
           case when not left_out and not silent then answer ->> 'comment' end,
           case when not left_out and not silent then asked_at + interval '40 minutes' end,
           case when not left_out and not silent then 'link' end, resolved_at, asked_at
      from planned
    returning *
  ), said as (
    insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, data, status, read, occurred_at)
    select $1, door.new_id(), written.conversation_id, written.customer_id, planned.channel_id, written.channel_type, 'internal', 'event',
           jsonb_strip_nulls(jsonb_build_object('event', 'survey', 'score', written.score, 'comment', written.comment)), 'received', true,
           written.answered_at
      from written join planned on planned.conversation_id = written.conversation_id and planned.resolved_at = written.resolved_at
     where written.score is not null
  )
  insert into ticket_events (tenant_id, id, ticket_id, type, actor_type, data, created_at)
  select $1, door.new_id(), ticket_id, 'survey', 'system', jsonb_build_object('to', score), answered_at
    from written where score is not null and ticket_id is not null`;
