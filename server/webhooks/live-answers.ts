import type { Ctx } from "#server/core/context.ts";
import { DomainError } from "#server/core/errors.ts";
import { answerMessage } from "#server/domains/conversations/index.ts";
import { answerAssistant, answerFunctions } from "#server/domains/calls/index.ts";
import { answerCall } from "#server/domains/voice/index.ts";
import type { LiveAnswer, LiveQuestion } from "#server/providers/contract.ts";

/** A question of a provider, asked of one channel. */
export interface LiveAsk<Question extends LiveQuestion = LiveQuestion> {
  channelId: string;
  question: Question;
  /** Resolves when the event that asks was applied: what it says is in the tables then. */
  applied(): Promise<void>;
  /** Nobody waits any longer: what is found from here on reaches no one. */
  tooLate: AbortSignal;
}

/**
 * Answers a provider's question. Must be idempotent: a provider that asks twice, the same moment even,
 * gets the same answer and nothing is done twice.
 */
export type Answerer = (ctx: Ctx, ask: LiveAsk) => Promise<LiveAnswer>;

type Kind = LiveQuestion["kind"];
type Answerers = {
  [K in Kind]?: (
    ctx: Ctx,
    ask: LiveAsk<Extract<LiveQuestion, { kind: K }>>,
  ) => Promise<Extract<LiveAnswer, { kind: K }>>;
};

/** Which domain answers what. */
const answerers: Answerers = {
  assistant: (ctx, { channelId, question }) => answerAssistant(ctx, channelId, question),
  functions: (ctx, { channelId, question, tooLate }) => answerFunctions(ctx, channelId, question, tooLate),
  message: (ctx, { channelId, question, ...waiting }) => answerMessage(ctx, channelId, question, waiting),
  call: (ctx, { channelId, question }) => answerCall(ctx, channelId, question),
};

/** Hands a question to the domain that knows. */
export const liveAnswers: Answerer = (ctx, ask) => {
  const answer = answerers[ask.question.kind] as Answerer | undefined;
  if (!answer) return Promise.reject(new DomainError("not_configured", "nobody_answers"));
  return answer(ctx, ask);
};
