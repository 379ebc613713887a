import { setTimeout as pause } from "node:timers/promises";
import { eq } from "drizzle-orm";
import { publish } from "#db/live.ts";
import { tenants } from "#db/schema/tenants.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { LiveAnswer, LiveQuestion } from "#server/providers/contract.ts";
import { apologies } from "./functions/apologies.ts";
import type { AskedFunction } from "./functions/claim-functions.ts";
import { claimFunctions, findOutcomes, recordOutcomes } from "./functions/claim-functions.ts";
import type { SpeakingCall } from "./functions/define-call-function.ts";
import type { FunctionOutcome } from "./functions/run-call-function.ts";
import { functionLimitMs, runCallFunction } from "./functions/run-call-function.ts";
import { holdCalls } from "./hold-calls.ts";

type Question = Extract<LiveQuestion, { kind: "functions" }>;
type Answer = Extract<LiveAnswer, { kind: "functions" }>;

/**
 * Runs the functions that a voice agent asks for and answers each in a sentence. A provider that asks
 * again, even while the first still runs, hears what that one came to: nothing is done twice.
 */
export async function answerFunctions(
  ctx: Ctx,
  channelId: string,
  question: Question,
  tooLate: AbortSignal = AbortSignal.timeout(functionLimitMs + 1_000),
): Promise<Answer> {
  const call = await beginAnswering(ctx, channelId, question, tooLate);
  const asked = [...new Map(question.calls.map((one) => [one.key, one])).values()];
  const outcomes = call.callId ? await answerOnce(ctx, call, call.callId, asked) : await runAll(ctx, call, asked);
  const results = question.calls.map(({ key, name }) => {
    const { result, error } = outcomes.get(key) ?? { result: null, error: apologies.late[call.language]() };
    return { key, name, result, error };
  });
  return { kind: "functions", results };
}

/** The call's row, begun if no event of it was applied yet, and how to speak in it. */
async function beginAnswering(
  ctx: Ctx,
  channelId: string,
  question: Question,
  signal: AbortSignal,
): Promise<SpeakingCall> {
  return withTenant(ctx, async (tx) => {
    const [tenant] = await tx
      .select({ language: tenants.locale, timezone: tenants.timezone })
      .from(tenants)
      .where(eq(tenants.id, ctx.tenantId));
    const { language = "fr", timezone = "Europe/Paris" } = tenant ?? {};
    const event = { callId: question.callId, direction: "in" as const, occurredAt: ctx.clock.now() };
    const held = question.callId === "" ? new Map() : await holdCalls({ ...ctx, tx }, [{ channelId, event }]);
    const [call] = [...held.values()];
    return {
      callId: call?.id ?? null,
      channelId,
      customerId: call?.row.customerId ?? null,
      language,
      timezone,
      signal,
    };
  });
}

async function answerOnce(
  ctx: Ctx,
  call: SpeakingCall,
  callId: string,
  asked: readonly AskedFunction[],
): Promise<ReadonlyMap<string, Pick<FunctionOutcome, "result" | "error">>> {
  const mine = await claimFunctions(ctx, callId, asked);
  const ran = await runAll(
    ctx,
    call,
    asked.filter(({ key }) => mine.has(key)),
  );
  await recordOutcomes(ctx, callId, ran);
  if (ran.size > 0) publish(ctx.tenantId, "calls", [callId]);
  const others = asked.filter(({ key }) => !mine.has(key)).map(({ key }) => key);
  return new Map([...ran, ...(await awaitOutcomes(ctx, callId, others, call.signal))]);
}

async function runAll(
  ctx: Ctx,
  call: SpeakingCall,
  asked: readonly AskedFunction[],
): Promise<ReadonlyMap<string, FunctionOutcome>> {
  return new Map(
    await Promise.all(asked.map(async (one) => [one.key, await runCallFunction(ctx, call, one)] as const)),
  );
}

/** How often the outcome of a function that somebody else runs is looked for, milliseconds. */
const lookEveryMs = 50;

/** Waits for functions that another request took, perhaps in another process. Those that do not end in time are left out. */
async function awaitOutcomes(ctx: Ctx, callId: string, keys: readonly string[], signal: AbortSignal) {
  if (keys.length === 0) return new Map<string, Pick<FunctionOutcome, "result" | "error">>();
  const until = performance.now() + functionLimitMs;
  for (;;) {
    const found = await findOutcomes(ctx, callId, keys);
    if (found.size === keys.length || signal.aborted || performance.now() > until) return found;
    await pause(lookEveryMs);
  }
}
