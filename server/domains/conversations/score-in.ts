import type { Ctx } from "#server/core/context.ts";
import type { ReadScore } from "#server/domains/surveys/index.ts";
import { readScore, recordScores } from "#server/domains/surveys/index.ts";
import type { InboundEvent } from "#server/providers/contract.ts";
import type { Place } from "./place-messages.ts";
import type { WrittenInbound } from "./write-inbound.ts";

/** A message that answers the survey that was asked in its conversation. */
export interface SurveyAnswer extends ReadScore {
  surveyId: string;
}

/** Providers' clocks and ours do not quite agree. */
const skewMs = 60_000;

/** The answer that a message is; null where none was asked for, where a program wrote, and where it says something else. */
export function scoreIn(
  { survey, quiet }: Pick<Place, "survey" | "quiet">,
  { direction, content, occurredAt, thread, keyword }: Extract<InboundEvent, { kind: "message" }>,
): SurveyAnswer | null {
  if (!survey || quiet || direction !== "in" || thread?.automatic || keyword !== undefined) return null;
  if (content.media.length > 0 || occurredAt >= new Date(survey.until)) return null;
  if (occurredAt.getTime() < Date.parse(survey.askedAt) - skewMs) return null;
  const read = readScore(content.text);
  return read && { ...read, surveyId: survey.id };
}

/** Keeps the scores among messages that were just written. No statement where there are none. */
export async function keepScores(ctx: Ctx, fresh: readonly WrittenInbound[]): Promise<void> {
  const given = fresh.flatMap(({ answer, occurredAt }) =>
    answer
      ? [{ ...answer, at: occurredAt, by: "reply" as const, correctable: answer.alone && answer.comment === null }]
      : [],
  );
  await recordScores(ctx, given);
}
