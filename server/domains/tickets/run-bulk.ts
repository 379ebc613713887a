import { setTimeout as wait } from "node:timers/promises";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import { bulkQueue } from "./bulk-queues.ts";
import type { BulkBaton } from "./schemas.ts";
import { stepBulk } from "./step-bulk.ts";

/** Then the job goes to the end of its line: others have their turns. */
const turnMs = 10_000;
const mostRestMs = 250;

/**
 * Works through a bulk change, resting after each step as long as it took: half of the processors' time stays
 * with those who wait for an answer. Stopped or out of turn, it hands itself on.
 */
export async function runBulk(ctx: Ctx, baton: BulkBaton, signal: AbortSignal): Promise<void> {
  const until = performance.now() + turnMs;
  let held = baton;
  while (!signal.aborted && performance.now() < until) {
    const began = performance.now();
    const steppedAt = await stepBulk(ctx, held);
    if (steppedAt === null) return;
    held = { ...held, steppedAt };
    await rest(Math.min(performance.now() - began, mostRestMs), signal);
  }
  await enqueue(ctx, bulkQueue, { tenantId: ctx.tenantId, ...held });
}

/** Cut short by the signal. */
const rest = (ms: number, signal: AbortSignal) => wait(ms, undefined, { signal }).catch(() => undefined);
