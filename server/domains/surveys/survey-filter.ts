import type { SurveyFilter } from "./schemas.ts";

const dayMs = 86_400_000;

const states: Record<SurveyFilter["state"], string> = {
  asked: "survey.status in ('asked', 'answered')",
  answered: "survey.status = 'answered'",
  unanswered: "survey.status = 'asked'",
  not_sent: "survey.status = 'not_sent'",
  planned: "survey.status = 'planned'",
};

/** The condition of a filter, over `surveys survey`; `put` adds a parameter and answers its name. */
export function filterSql(
  { state, score, channelType, memberId, days }: SurveyFilter,
  now: Date,
  put: (value: unknown) => string,
): string {
  return [
    states[state],
    state === "planned" ? null : `survey.due_at > ${put(new Date(now.getTime() - days * dayMs))}::timestamptz`,
    score ? `survey.score = ${put(score)}::smallint` : null,
    channelType ? `survey.channel_type = ${put(channelType)}` : null,
    memberId ? `survey.member_id = ${put(memberId)}::uuid` : null,
  ]
    .filter((condition) => condition !== null)
    .join(" and ");
}
