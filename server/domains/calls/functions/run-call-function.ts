import type { Ctx } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { apologies } from "./apologies.ts";
import type { CallFunction, CallLinks, SpeakingCall } from "./define-call-function.ts";
import { Declined } from "./define-call-function.ts";
import { callFunctionNamed } from "./registry.ts";

/** What a function came to: an answer, or a sentence that says why there is none. */
export interface FunctionOutcome {
  result: string | null;
  error: string | null;
  milliseconds: number;
  links: CallLinks;
  transferTo: string | null;
  /** Whether what it wrote stands; whatever was begun before it declined or failed must be undone. */
  done: boolean;
  /** Nobody waits any longer, and it may still be running. */
  late: boolean;
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
    links: {},
    transferTo: null,
    done: false,
    late: false,
    ...outcome,
    milliseconds: Math.round(performance.now() - started),
  });
  const found = (options.find ?? callFunctionNamed)(asked.name);
  const { language } = call;
  const mayCall = call.allowed === null || call.allowed.includes(asked.name);
  if (!found || !mayCall || (found.changes && call.callId === null))
    return over({ error: apologies.unknown[language]() });
  const limit = AbortSignal.timeout(options.limitMs ?? functionLimitMs);
  const signal = AbortSignal.any([limit, call.signal]);
  try {
    const answer = await until(found.call(ctx, { ...call, signal }, asked.arguments), signal);
    if ("wrong" in answer) return over({ error: apologies.wrong[language](answer.wrong) });
    const { said, links = {}, transferTo = null } = answer;
    return over({ result: oneLine(said), links, transferTo, done: true });
  } catch (error) {
    if (signal.aborted) return over({ error: apologies.late[language](), late: true });
    if (error instanceof Declined) return over({ result: oneLine(error.said) });
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
