import type { LiveTopic } from "#db/live.ts";
import { watch } from "#db/live.ts";
import type { Ctx } from "#server/core/context.ts";

/** Something changed: which kind of thing and which ones; `*` means that everything may have. */
export interface SeenChange {
  topic: LiveTopic | "*";
  ids: string[] | "*";
}

/** Waiting changes are merged beyond this many: the browser is told to look at everything. */
const mostWaiting = 200;

/**
 * The tenant's changes as they happen, until the signal is aborted. Nothing is stored for a watcher, so
 * it begins with `*`: whoever (re)connects looks once more at what they show, from the moment on which nothing is missed.
 */
export async function* watchChanges(ctx: Ctx, signal: AbortSignal | undefined): AsyncGenerator<SeenChange> {
  let waiting: SeenChange[] = [{ topic: "*", ids: "*" }];
  let wake: () => void = () => undefined;
  const stop = watch(ctx.tenantId, (change) => {
    waiting = waiting.length >= mostWaiting ? [{ topic: "*", ids: "*" }] : [...waiting, change];
    wake();
  });
  const onAbort = () => wake();
  signal?.addEventListener("abort", onAbort);
  try {
    while (!signal?.aborted) {
      const batch = waiting;
      waiting = [];
      yield* batch;
      if (waiting.length > 0 || signal?.aborted) continue;
      const woken = Promise.withResolvers<void>();
      wake = woken.resolve;
      await woken.promise;
    }
  } finally {
    stop();
    signal?.removeEventListener("abort", onAbort);
  }
}
