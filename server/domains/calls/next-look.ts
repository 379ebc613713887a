import type { CallFacts } from "./call-facts.ts";
import { isUnderWay } from "./call-facts.ts";

/** Nothing is heard of a call for this long: its provider is asked. Milliseconds. */
const silentForMs = 5 * 60_000;
/** No call goes on for longer; what is not known of it by then will not be. */
export const forgottenAfterMs = 24 * 3_600_000;

/** The first look at a call of which nothing is known but that it is there. */
export function firstLook(now: Date): Date {
  return new Date(now.getTime() + silentForMs);
}

/**
 * When the provider is to be asked what became of a call, if nothing is heard until then; null where
 * nothing is missing. Ever more rarely as the call grows old.
 */
export function nextLook(facts: CallFacts, now: Date): Date | null {
  const age = now.getTime() - facts.startedAt.at;
  if (!(isUnderWay(facts) || lacksReport(facts)) || age > forgottenAfterMs) return null;
  return new Date(now.getTime() + Math.max(silentForMs, age / 4));
}

/** A voice agent's call that was spoken on is reported in the end: with a summary, or with all of its words. */
function lacksReport({ status, said, transcript }: CallFacts): boolean {
  return status === "completed" && said.assistantId !== undefined && !said.summary && !transcript?.final;
}
