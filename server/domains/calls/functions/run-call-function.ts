import type { Ctx } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { apologies } from "./apologies.ts";
import type { CallFunction, SpeakingCall } from "./define-call-function.ts";
import { callFunctionNamed } from "./registry.ts";

/** What a function came to: an answer, or a sentence that says why there is none. */
export interface FunctionOutcome {
  result: string | null;
  error: string | null;
  milliseconds: number;
}

/** A caller hears silence meanwhile. Milliseconds. */
export const functionLimitMs = 5_000;
/** More than this in an answer only slows the voice down. */
const longestAnswer = 4_000;

/** Runs a function by its name. Never throws: whatever happens is said in one line that can be spoken. */
export async function runCallFunction(
  ctx: Ctx,
  call: SpeakingCall,
  asked: { name: string; arguments: unknown },
  options: { limitMs?: number; find?: (name: string) => CallFunction | null } = {},
): Promise<FunctionOutcome> {
  const started = performance.now();
  const over = (outcome: Partial<FunctionOutcome>): FunctionOutcome => ({
    result: null,
    error: null,
    ...outcome,
    milliseconds: Math.round(performance.now() - started),
  });
  const found = (options.find ?? callFunctionNamed)(asked.name);
  const { language } = call;
  if (!found) return over({ error: apologies.unknown[language]() });
  const limit = AbortSignal.timeout(options.limitMs ?? functionLimitMs);
  const signal = AbortSignal.any([limit, call.signal]);
  try {
    const answer = await until(found.call(ctx, { ...call, signal }, asked.arguments), signal);
    if ("wrong" in answer) return over({ error: apologies.wrong[language](answer.wrong) });
    return over({ result: oneLine(answer.said) });
  } catch (error) {
    if (signal.aborted) return over({ error: apologies.late[language]() });
    log.warn({ err: error, tenantId: ctx.tenantId, name: asked.name }, "a function of a call failed");
    return over({ error: apologies.failed[language]() });
  }
}

function until<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", stop));
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim().slice(0, longestAnswer).toWellFormed();
}
