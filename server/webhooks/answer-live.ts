import type { Clock } from "#server/core/clock.ts";
import { contextFor } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import type { LoggedPost } from "#server/domains/webhook-logs/index.ts";
import { noteUnanswered, released } from "#server/domains/webhook-logs/index.ts";
import type { EventPart, LiveAnswer, LiveQuestion, Provider } from "#server/providers/contract.ts";
import type { Answerer } from "./live-answers.ts";
import type { SortedPart } from "./sort-parts.ts";

/** A verified event of a channel, that somebody waits for the answer of. */
interface Asked {
  part: EventPart;
  question: LiveQuestion;
  tenantId: string;
  channelId: string;
}

interface Waiting {
  provider: Provider;
  sorted: readonly SortedPart[];
  /** The stored post: its log rows are told what became of the question. */
  stored: LoggedPost | null;
  url: string;
  /** When the sender began to wait, by `performance.now()`. */
  since: number;
}

/** Of the provider's patience this share is ours; the rest is the way there and back. */
const ourShare = 0.85;

/**
 * Answers the first event of a post that is a question, within the provider's patience. Null where
 * nothing is asked, or nobody who may ask asks. A question that fails or takes too long gets a harmless
 * answer in the provider's own form, and its log row says so.
 */
export async function answerLive(
  waiting: Waiting,
  answerer: Answerer,
  clock: Clock,
): Promise<{ contentType: string; body: string } | null> {
  const { provider, stored, url } = waiting;
  if (!provider.liveQuestion || !provider.liveAnswer) return null;
  const asked = firstQuestion(provider, waiting.sorted);
  if (!asked) return null;
  const { part, question, tenantId, channelId } = asked;
  const row = stored?.events.find((event) => event.tenantId === tenantId && event.dedupeKey === part.dedupeKey);
  const ctx = contextFor(tenantId, { type: "webhook", channelId }, clock);
  const tooLate = AbortSignal.timeout(patienceOf(provider, waiting.since));
  try {
    const applied = row ? () => released(row.id) : () => Promise.resolve();
    const answer = await inTime(answerer(ctx, { channelId, question, applied, tooLate }), tooLate);
    return provider.liveAnswer(part, answer, url);
  } catch (error) {
    const why = tooLate.aborted ? "no answer in time" : wordsOf(error);
    log.warn({ err: error, tenantId, channelId, question: question.kind }, "a live question was not answered");
    // Behind the drain, which passes by a row that somebody else holds.
    if (row) {
      const note = { id: row.id, ms: Math.round(performance.now() - waiting.since), error: why };
      void released(row.id)
        .then(() => noteUnanswered(ctx, note))
        .catch((failure: unknown) => log.warn({ err: failure }, "an unanswered question could not be noted"));
    }
    return provider.liveAnswer(part, harmless(question, tooLate.aborted), url);
  }
}

/** Whole milliseconds that are left for an answer. */
function patienceOf({ liveLimitMs = 5_000 }: Provider, since: number): number {
  return Math.max(1, Math.floor(liveLimitMs * ourShare - (performance.now() - since)));
}

function firstQuestion(provider: Provider, sorted: readonly SortedPart[]): Asked | null {
  for (const { part, status, verified, channel } of sorted) {
    if (status !== "received" || !verified || !channel) continue;
    const question = provider.liveQuestion?.(part) ?? null;
    if (question) return { part, question, tenantId: channel.tenantId, channelId: channel.channelId };
  }
  return null;
}

function inTime<Value>(work: Promise<Value>, tooLate: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const giveUp = () => reject(tooLate.reason as Error);
    tooLate.addEventListener("abort", giveUp, { once: true });
    work.then(resolve, reject).finally(() => tooLate.removeEventListener("abort", giveUp));
  });
}

/** What does no harm where we have no answer: no assistant, no result, no text, and a call that ends. */
function harmless(question: LiveQuestion, late: boolean): LiveAnswer {
  const error = late ? "The answer took too long. Please try again." : "The answer failed. Please try again.";
  switch (question.kind) {
    case "assistant":
      return { kind: "assistant", assistantId: null, definition: null, error };
    case "functions":
      return {
        kind: "functions",
        results: question.calls.map(({ key, name }) => ({ key, name, result: null, error, transferTo: null })),
      };
    case "message":
      return { kind: "message", text: null };
    case "call":
      return { kind: "call", actions: [] };
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : "failed";
}
