import { sql } from "drizzle-orm";

/** A survey that was asked in a conversation and that a bare score there answers. Instants as JSON has them. */
export interface OpenSurvey {
  id: string;
  askedAt: string;
  /** Until when a bare score counts. */
  until: string;
}

/**
 * In SQL, of a row of conversations: the survey that its next message may answer, null where there is none. What we said since
 * ends it, and what the customer said that waits for an answer. Where none was asked lately, that is all there is to know,
 * and no other table is read.
 */
export const openSurveySql = (thread: string) =>
  sql.raw(`case when ${thread}.survey_until is not null and ${thread}.waiting_since is null then (
    select jsonb_build_object('id', survey.id, 'askedAt', survey.asked_at, 'until', ${thread}.survey_until)
      from surveys survey
     where survey.tenant_id = ${thread}.tenant_id and survey.conversation_id = ${thread}.id
       and survey.asked_at = ${thread}.last_outbound_at and survey.status in ('asked', 'answered')
     order by survey.asked_at desc limit 1) end`);
