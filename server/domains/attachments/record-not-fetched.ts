import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { enqueue } from "#server/jobs/enqueue.ts";
import type { BegunFile } from "./begin-fetching.ts";
import { retryDelaysMs } from "./limits.ts";
import { fetchQueue } from "./queues.ts";
import { settleFile } from "./settle-file.ts";

/** A file that will not come: the provider has it no longer, or refused it for good. `text` is its own word. */
export async function recordNotKept(
  ctx: Ctx,
  { id, media }: BegunFile,
  outcome: { status: "expired" | "refused" | "failed"; reason: string; text: string },
): Promise<void> {
  const { status, reason, text } = outcome;
  const source = { ...media, error: text.slice(0, 500) };
  await settleFile(ctx, id, { status, reason, source, nextAttemptAt: null });
}

/** A try that failed: another one later, or `failed` after the last, which a member may ask for again. */
export async function recordTryFailed(
  ctx: Ctx,
  file: BegunFile,
  outcome: { reason: "unreachable" | "damaged"; text: string; retryAfterMs?: number | undefined },
): Promise<void> {
  const delay = retryDelaysMs[file.attempts - 1];
  if (delay === undefined) return recordNotKept(ctx, file, { status: "failed", ...outcome });
  const afterMs = Math.max(delay, outcome.retryAfterMs ?? 0);
  await withTenant(ctx, async (tx) => {
    const inner = { ...ctx, tx };
    await settleFile(inner, file.id, { nextAttemptAt: new Date(ctx.clock.now().getTime() + afterMs) });
    await enqueue(inner, fetchQueue, { tenantId: ctx.tenantId, attachmentId: file.id }, { afterMs: afterMs + 1000 });
  });
}
