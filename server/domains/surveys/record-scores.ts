import { jsonRows } from "#db/json-rows.ts";
import { publish } from "#db/live.ts";
import type { surveyWays } from "#db/schema/surveys.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { newId } from "#server/core/ids.ts";
import { notify } from "#server/domains/notifications/index.ts";

/** An answer to a survey that was asked. */
export interface GivenScore {
  surveyId: string;
  /** 1 to 5. */
  score: number;
  comment: string | null;
  /** When it was given, by the clock that says so: the provider's, or ours. */
  at: Date;
  by: (typeof surveyWays)[number];
  /** Whether a bare score may still correct it for a while. */
  correctable: boolean;
}

/** How long after a score another one alone corrects it. */
const secondThoughtsMs = 10 * 60_000;

interface Recorded {
  id: string;
  conversationId: string;
  ticketId: string | null;
  customerId: string;
  low: boolean;
  told: string[];
}

/**
 * Keeps answers, the first or a changed one: on the survey, on the timelines of ticket and conversation, and told to whom the
 * business says where they are low. The latest of several to one survey counts. Answers the surveys that took one. Two statements,
 * whatever the number.
 */
export async function recordScores(ctx: Ctx, given: readonly GivenScore[]): Promise<string[]> {
  if (given.length === 0) return [];
  const latest = new Map(given.toSorted((a, b) => Number(a.at) - Number(b.at)).map((one) => [one.surveyId, one]));
  const rows = [...latest.values()].map(({ surveyId, score, comment, at, by, correctable }) => ({
    id: surveyId,
    score,
    comment,
    at: at.toISOString(),
    by,
    until: correctable ? new Date(at.getTime() + secondThoughtsMs).toISOString() : null,
    event_id: newId(),
    line_id: newId(),
  }));
  return withTenant(ctx, async (tx) => {
    const values = [ctx.tenantId, jsonRows(rows), ctx.clock.now(), ctx.actor.type];
    const recorded = await tx.raw.unsafe<Recorded[]>(statement, values as never[], { prepare: true });
    await notify(
      { ...ctx, tx },
      recorded.flatMap(({ low, told, ticketId, conversationId }) =>
        !low
          ? []
          : told.map((userId) => ({
              userId,
              kind: "low_score" as const,
              subject: ticketId ? ("ticket" as const) : ("conversation" as const),
              subjectId: ticketId ?? conversationId,
            })),
      ),
    );
    tx.afterCommit(() => {
      if (recorded.length === 0) return;
      const ticketIds = recorded.flatMap(({ ticketId }) => ticketId ?? []);
      publish(
        ctx.tenantId,
        "messages",
        recorded.map(({ conversationId }) => conversationId),
      );
      publish(
        ctx.tenantId,
        "customers",
        recorded.map(({ customerId }) => customerId),
      );
      if (ticketIds.length > 0) publish(ctx.tenantId, "tickets", ticketIds);
    });
    return recorded.map(({ id }) => id);
  });
}

const statement = `
  with given as (
    select * from jsonb_to_recordset($2::text::jsonb)
      as given (id uuid, score smallint, comment text, at timestamptz, by text, until timestamptz, event_id uuid, line_id uuid)
  ), before as (
    select survey.* from surveys survey
     where survey.tenant_id = $1 and survey.id in (select id from given) and survey.status in ('asked', 'answered')
     order by survey.id for update
  ), answered as (
    update surveys survey
       set status = 'answered', score = given.score, comment = given.comment, answered_at = given.at, answered_by = given.by,
           updated_at = $3::timestamptz
      from given join before on before.id = given.id
     where survey.tenant_id = $1 and survey.id = given.id
    returning survey.*, before.score as earlier, given.until, given.event_id, given.line_id
  ), listened as (
    -- A bare number is a score for a little while yet, then a number again.
    update conversations thread set survey_until = answered.until
      from answered where thread.tenant_id = $1 and thread.id = answered.conversation_id and answered.answered_by = 'reply'
  ), said as (
    -- A reply stands in the thread by itself; what was chosen on a page is told there.
    insert into messages (tenant_id, id, conversation_id, customer_id, channel_id, channel_type, direction, kind, data, status, read, occurred_at)
    select $1, answered.event_id, thread.id, thread.customer_id, thread.channel_id, thread.channel_type, 'internal', 'event',
           jsonb_strip_nulls(jsonb_build_object('event', 'survey', 'score', answered.score, 'earlier', answered.earlier, 'comment', answered.comment)),
           'received', true, $3::timestamptz
      from answered join conversations thread on thread.tenant_id = $1 and thread.id = answered.conversation_id
     where answered.answered_by = 'link'
  ), noted as (
    insert into ticket_events (tenant_id, id, ticket_id, type, actor_type, data, created_at)
    select $1, line_id, ticket_id, 'survey', $4, jsonb_strip_nulls(jsonb_build_object('from', earlier, 'to', score)), $3::timestamptz
      from answered where ticket_id is not null
  )
  select answered.id, answered.conversation_id as "conversationId", answered.ticket_id as "ticketId", answered.customer_id as "customerId",
         answered.score <= coalesce(setting.low_score, case when setting.tenant_id is null then 2 else 0 end)
           and answered.score is distinct from answered.earlier as low,
         array(select member.user_id from memberships member
                where member.tenant_id = $1 and member.status = 'active'
                  and ((coalesce(setting.tell_assignee, true) and member.user_id = answered.member_id)
                    or (coalesce(setting.tell_managers, true) and member.role = 'manager'))) as told
    from answered left join survey_settings setting on setting.tenant_id = $1`;
