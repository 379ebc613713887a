import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { FiguresInput } from "./schemas.ts";
import { surveyFilter } from "./schemas.ts";

/** How a group of questions was answered. */
export interface SurveyCount {
  /** Questions that reached a customer. */
  asked: number;
  answered: number;
  /** Sum of the scores given. */
  sum: number;
  /** Answers of 4 or 5. */
  satisfied: number;
  /** Answers by score, that of 1 first. */
  byScore: number[];
}

export interface SurveyFigures {
  total: SurveyCount;
  byMember: (SurveyCount & { memberId: string | null; name: string | null })[];
  byChannel: (SurveyCount & { channelType: string })[];
}

interface Row {
  level: number;
  memberId: string | null;
  name: string | null;
  channelType: string | null;
  asked: number;
  byScore: number[];
}

const dayMs = 86_400_000;
/** Weeks begin on Mondays in UTC, as the trigger of `survey_weeks` reckons. */
const weekMs = 7 * dayMs;
const someMonday = Date.UTC(2000, 0, 3);
const weekAfter = (at: number) => new Date(someMonday + (Math.floor((at - someMonday) / weekMs) + 1) * weekMs);
const nobody = "00000000-0000-0000-0000-000000000000";
const perScore = (sql: (score: number) => string) => [1, 2, 3, 4, 5].map(sql).join(", ");

/**
 * Figures of what was asked in a period, in all, by member and by kind of channel: whole weeks as they are kept, and the
 * surveys of the week in which the period begins. The few questions that a provider refused are looked up and taken off.
 */
export async function getSurveyFigures(ctx: Ctx, input: FiguresInput): Promise<SurveyFigures> {
  const { days, channelType, memberId } = surveyFilter.parse(input);
  const since = new Date(ctx.clock.now().getTime() - days * dayMs);
  const params: unknown[] = [ctx.tenantId, since, weekAfter(since.getTime())];
  const put = (value: unknown) => `$${params.push(value)}`;
  const narrowed = [
    channelType ? ` and channel_type = ${put(channelType)}` : "",
    memberId ? ` and member_id = ${put(memberId)}::uuid` : "",
  ].join("");
  const statement = `
    with counted as (
      select member_id, channel_type, sum(asked) as asked, ${perScore((score) => `sum(scored_${score}) as scored_${score}`)}
        from survey_weeks where tenant_id = $1 and week >= $3::timestamptz and asked > 0${narrowed}
       group by member_id, channel_type
      union all
      select coalesce(member_id, '${nobody}'), channel_type, count(*), ${perScore((score) => `count(*) filter (where score = ${score})`)}
        from surveys
       where tenant_id = $1 and status in ('asked', 'answered') and due_at > $2::timestamptz and due_at < $3::timestamptz${narrowed}
       group by member_id, channel_type
      union all
      select coalesce(member_id, '${nobody}'), channel_type, -count(*), 0, 0, 0, 0, 0
        from surveys
       where tenant_id = $1 and status = 'asked' and due_at > $2::timestamptz${narrowed}
         and message_id in (select id from messages where tenant_id = $1 and direction = 'out' and status = 'failed')
       group by member_id, channel_type)
    select figures.*, ${memberNameOf('figures."memberId"')} as name from (
      select grouping(member_id, channel_type) as level, nullif(member_id, '${nobody}') as "memberId", channel_type as "channelType",
             coalesce(sum(asked), 0)::int as asked, 
             array[${perScore((score) => `coalesce(sum(scored_${score}), 0)::int`)}] as "byScore"
        from counted group by grouping sets ((), (member_id), (channel_type))) figures
     order by figures.asked desc, name, "channelType"`;
  const rows = await withTenant(ctx, (tx) => tx.raw.unsafe<Row[]>(statement, params as never[]));
  const at = (level: number) => rows.filter((row) => row.level === level);
  return {
    total: countOf(at(3)[0] ?? { asked: 0, byScore: [0, 0, 0, 0, 0] }),
    byMember: at(1).map((row) => ({ memberId: row.memberId, name: row.name, ...countOf(row) })),
    byChannel: at(2).map((row) => ({ channelType: row.channelType ?? "", ...countOf(row) })),
  };
}

function countOf({ asked, byScore }: Pick<Row, "asked" | "byScore">): SurveyCount {
  return {
    asked,
    byScore,
    answered: byScore.reduce((all, one) => all + one, 0),
    sum: byScore.reduce((all, one, at) => all + one * (at + 1), 0),
    satisfied: (byScore[3] ?? 0) + (byScore[4] ?? 0),
  };
}
