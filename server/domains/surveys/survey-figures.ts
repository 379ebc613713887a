import { memberNameOf } from "#db/look-ups.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { FiguresInput } from "./schemas.ts";
import { surveyFilter } from "./schemas.ts";
import { filterSql } from "./survey-filter.ts";

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

/** The few messages that a provider refused, by their own index: looked at once, not for every question. */
const neverArrived = "select id from messages where tenant_id = $1 and direction = 'out' and status = 'failed'";

/** Figures of what was asked in a period, in all, by member and by kind of channel. One statement. */
export async function getSurveyFigures(ctx: Ctx, input: FiguresInput): Promise<SurveyFigures> {
  const filter = surveyFilter.parse({ ...input, state: "asked" });
  const params: unknown[] = [ctx.tenantId];
  const put = (value: unknown) => `$${params.push(value)}`;
  const scores = [1, 2, 3, 4, 5].map((score) => `coalesce(sum(questions) filter (where score = ${score}), 0)::int`);
  const statement = `
    with told as (
      select survey.member_id, survey.channel_type, survey.score, count(*) as questions,
             count(*) filter (where survey.status = 'answered' or (survey.message_id in (${neverArrived})) is not true) as asked
        from surveys survey
       where survey.tenant_id = $1 and ${filterSql(filter, ctx.clock.now(), put)}
       group by survey.member_id, survey.channel_type, survey.score)
    select counted.*, ${memberNameOf('counted."memberId"')} as name from (
      select grouping(member_id, channel_type) as level, member_id as "memberId", channel_type as "channelType",
             coalesce(sum(asked), 0)::int as asked, array[${scores.join(", ")}] as "byScore"
        from told group by grouping sets ((), (member_id), (channel_type))) counted
     order by counted.asked desc, name, "channelType"`;
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
