import { setTimeout as wait } from "node:timers/promises";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { currentDrain, drainPatiently } from "./current-drain.ts";
import { isIntakeBusy } from "./intake-load.ts";
import { replayQueue } from "./queues.ts";
import { firstStepSize, nextStepSize } from "./replay-pace.ts";
import type { ReplayBaton } from "./schemas.ts";
import { stepReplay } from "./step-replay.ts";

/** Then the job goes to the end of its line: replays of other tenants have their turns. */
const turnMs = 10_000;
/** Where posts pour in without end, or the drain is behind with them, a replay comes forward by a step in this long. */
const mostYieldMs = 5_000;

/**
 * Works through a replay in small steps, each behind whatever comes in live, and rests after each as long as it took:
 * half of the processors' time stays with those who wait for an answer. Stopped or out of turn, it hands itself on.
 */
export async function runReplay(ctx: Ctx, baton: ReplayBaton, signal: AbortSignal): Promise<void> {
  const until = performance.now() + turnMs;
  let most = firstStepSize;
  let held = baton;
  while (!signal.aborted && performance.now() < until) {
    await yieldToLive(signal);
    const began = performance.now();
    const step = await stepReplay(ctx, { ...held, most });
    if (step.state === "over") return;
    const steppedMs = performance.now() - began;
    const appliedMs = await drainPatiently(ctx.tenantId, step.ids);
    most = nextStepSize(most, step.ids.length, appliedMs);
    held = { ...held, steppedAt: step.steppedAt };
    await rest(Math.min(steppedMs + appliedMs, mostYieldMs), signal);
  }
  await enqueue(ctx, replayQueue, { tenantId: ctx.tenantId, ...held });
}

async function yieldToLive(signal: AbortSignal): Promise<void> {
  const until = performance.now() + mostYieldMs;
  const mustYield = () => isIntakeBusy() || currentDrain()?.isBehind() === true;
  while (mustYield() && !signal.aborted && performance.now() < until) await rest(100, signal);
}

/** Cut short by the signal. */
const rest = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }).catch(() => undefined);
