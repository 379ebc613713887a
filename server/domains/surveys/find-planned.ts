import { firstOf } from "#db/look-ups.ts";
import type { SurveyChannelType, SurveyReason } from "#db/schema/surveys.ts";
import type { TenantTx } from "#db/tenant.ts";

/** A survey that is due, with what decides whether it is asked. Its row is locked. */
export interface PlannedSurvey {
  id: string;
  conversationId: string;
  customerId: string;
  channelId: string;
  channelType: SurveyChannelType;
  dueAt: Date;
  /** Why it must not be asked, whatever the channel allows; null: it may. */
  reason: SurveyReason | null;
  /** Of the customer. */
  language: string;
  customerName: string;
  firstName: string;
  business: string;
  questionFr: string | null;
  questionEn: string | null;
  templateName: string | null;
  sendFrom: string;
  sendUntil: string;
  businessHours: boolean;
  answerDays: number;
}

/** How far back a member's answer is looked for. */
const lookedBack = "interval '30 days'";

/**
 * The survey, if it is still planned and due; null when another worker was faster. Questions to one customer are decided one
 * after the other, so that two conversations never ask at once.
 */
export async function findPlanned(tx: TenantTx, surveyId: string, now: Date): Promise<PlannedSurvey | null> {
  await tx.raw.unsafe(
    `select pg_advisory_xact_lock(hashtextextended('survey ' || customer_id, 0)) from surveys where tenant_id = $1 and id = $2`,
    [tx.tenantId, surveyId],
  );
  const [row] = await tx.raw.unsafe<PlannedSurvey[]>(statement, [tx.tenantId, surveyId, now] as never[], {
    prepare: true,
  });
  return row ?? null;
}

const statement = `
  select survey.id, thread.id as "conversationId", thread.customer_id as "customerId", thread.channel_id as "channelId",
         thread.channel_type as "channelType", survey.due_at as "dueAt", customer.language, customer.display_name as "customerName",
         coalesce(customer.first_name, split_part(customer.display_name, ' ', 1)) as "firstName", tenant.name as business,
         channel.question_fr as "questionFr", channel.question_en as "questionEn", channel.template_name as "templateName",
         coalesce(setting.send_from, '09:00') as "sendFrom", coalesce(setting.send_until, '20:00') as "sendUntil",
         coalesce(setting.business_hours, false) as "businessHours", coalesce(setting.answer_days, 7) as "answerDays",
         case
           when channel.enabled is not true then 'turned_off'
           when customer.erased_at is not null then 'erased'
           when customer.status = 'blocked' then 'blocked'
           when thread.status = 'spam' then 'spam'
           when ticket.merged_into_id is not null then 'merged'
           when ticket.id is not null and ticket.status not in ('resolved', 'closed') then 'reopened'
           when ticket.id is null and thread.status = 'merged' then 'merged'
           when ticket.id is null and thread.status <> 'resolved' then 'reopened'
           when thread.waiting_since is not null then 'waiting'
           when not exists (select from messages reply
                             where reply.tenant_id = $1 and reply.conversation_id = thread.id and reply.direction = 'out'
                               and reply.status <> 'failed' and (reply.author_id is not null or reply.echo)
                               and reply.occurred_at > survey.resolved_at - ${lookedBack}
                               and reply.occurred_at > ${firstOf("latest.asked_at", "'-infinity'::timestamptz")})
             then case when latest.asked_at is null or latest.asked_at < survey.resolved_at - ${lookedBack}
                       then 'no_human_reply' else 'already_asked' end
           when exists (select from surveys before
                         where before.tenant_id = $1 and before.customer_id = thread.customer_id and before.status in ('asked', 'answered')
                           and before.asked_at > $3::timestamptz - coalesce(setting.rest_days, 30) * interval '1 day')
             then 'too_soon'
         end as reason
    from surveys survey
    join conversations thread on thread.tenant_id = $1 and thread.id = survey.conversation_id
    join customers customer on customer.tenant_id = $1 and customer.id = thread.customer_id
    join tenants tenant on tenant.id = $1
    left join tickets ticket on ticket.tenant_id = $1 and ticket.id = survey.ticket_id
    left join survey_settings setting on setting.tenant_id = $1
    left join survey_channels channel on channel.tenant_id = $1 and channel.channel_type = survey.channel_type
    left join lateral (
      select max(before.asked_at) as asked_at from surveys before
       where before.tenant_id = $1 and before.conversation_id = survey.conversation_id) latest on true
   where survey.tenant_id = $1 and survey.id = $2 and survey.status = 'planned' and survey.due_at <= $3::timestamptz
     for update of survey`;
