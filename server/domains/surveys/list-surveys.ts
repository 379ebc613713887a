import { cursorOf, placeOf } from "#db/keyset.ts";
import { customerNameOf, memberNameOf } from "#db/look-ups.ts";
import type { surveys } from "#db/schema/surveys.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import type { ListSurveysInput } from "./schemas.ts";
import { listSurveysInput } from "./schemas.ts";
import { filterSql } from "./survey-filter.ts";

type Row = typeof surveys.$inferSelect;

export interface SurveySummary extends Pick<
  Row,
  | "id"
  | "status"
  | "reason"
  | "score"
  | "comment"
  | "channelType"
  | "conversationId"
  | "customerId"
  | "memberId"
  | "dueAt"
  | "answeredAt"
  | "answeredBy"
> {
  customerName: string;
  memberName: string | null;
  ticketNumber: number | null;
  /** The provider refused the question: the customer has not seen it. */
  undelivered: boolean;
}

export interface SurveyPage {
  rows: SurveySummary[];
  nextCursor: string | null;
}

/** What was asked, newest first; or was to be asked, or will be. One statement. */
export async function listSurveys(ctx: Ctx, input: ListSurveysInput): Promise<SurveyPage> {
  const { cursor, limit, ...filter } = listSurveysInput.parse(input);
  const place = cursor ? placeOf(cursor) : null;
  if (cursor && !place) throw new DomainError("invalid", "invalid_cursor");
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const from = place
    ? `and (survey.due_at, survey.id) < (${put(new Date(Number(place.value)))}::timestamptz, ${put(place.id)}::uuid)`
    : "";
  const statement = `
    select survey.id, survey.status, survey.reason, survey.score, survey.comment, survey.channel_type as "channelType",
           survey.conversation_id as "conversationId", survey.customer_id as "customerId", survey.member_id as "memberId",
           survey.due_at as "dueAt", survey.answered_at as "answeredAt", survey.answered_by as "answeredBy",
           ${customerNameOf("survey.customer_id")} as "customerName", ${memberNameOf("survey.member_id")} as "memberName",
           (select number::int from tickets where tenant_id = $1 and id = survey.ticket_id) as "ticketNumber",
           survey.status = 'asked' and ${undeliveredSql} as undelivered
      from surveys survey
     where survey.tenant_id = $1 and ${filterSql(filter, ctx.clock.now(), put)} ${from}
     order by survey.due_at desc, survey.id desc limit ${limit + 1}`;
  const found = await withTenant(ctx, (tx) => tx.raw.unsafe<SurveySummary[]>(statement, params as never[]));
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  return { rows, nextCursor: found.length > limit && last ? cursorOf(last.dueAt, last.id) : null };
}

/** In SQL, of a survey that was asked: its message never arrived. Messages that did not are an index of those that went out. */
export const undeliveredSql = `exists (
  select from messages question where question.tenant_id = $1 and question.id = survey.message_id
     and question.direction = 'out' and question.status = 'failed')`;
