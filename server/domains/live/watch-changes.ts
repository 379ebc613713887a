import type { LiveTopic, LiveViewer } from "#db/live.ts";
import { watch, watchViewers } from "#db/live.ts";
import type { Ctx } from "#server/core/context.ts";
import { contextFor } from "#server/core/context.ts";
import { log } from "#server/core/log.ts";
import { giveWaiting } from "#server/domains/assignment/index.ts";
import { connectMember } from "#server/domains/presence/index.ts";

/** Something changed: which kind of thing and which ones; `*` means that everything may have. */
export interface SeenChange {
  topic: LiveTopic | "viewers" | "*";
  ids: string[] | "*";
  /** Of `viewers`: who looks at these, writes there, or went. */
  viewer?: Pick<LiveViewer, "userId" | "name" | "state">;
}

/** Waiting changes are merged beyond this many: the browser is told to look at everything. */
const mostWaiting = 200;

/**
 * The tenant's changes as they happen, until the signal is aborted. Nothing is stored for a watcher, so
 * it begins with `*`: whoever (re)connects looks once more at what they show, from the moment on which nothing is missed.
 * While it lasts the member is online, and takes what waited for them.
 */
export async function* watchChanges(ctx: Ctx, signal: AbortSignal | undefined): AsyncGenerator<SeenChange> {
  let waiting: SeenChange[] = [{ topic: "*", ids: "*" }];
  let wake: () => void = () => undefined;
  const hear = (change: SeenChange) => {
    waiting = waiting.length >= mostWaiting ? [{ topic: "*", ids: "*" }] : [...waiting, change];
    wake();
  };
  const stop = watch(ctx.tenantId, hear);
  const stopViewers = watchViewers(({ tenantId, ids, ...viewer }) => {
    if (tenantId === ctx.tenantId) hear({ topic: "viewers", ids, viewer });
  });
  const connection = arrive(ctx);
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
    stopViewers();
    void connection.then(({ end }) => end());
    signal?.removeEventListener("abort", onAbort);
  }
}

/** What somebody who comes is given is looked at beside the stream: it has news for them either way. */
async function arrive(ctx: Ctx): Promise<{ end: () => void }> {
  const connection = await connectMember(ctx);
  if (connection.arrived) {
    const system = contextFor(ctx.tenantId, { type: "system" }, ctx.clock);
    await giveWaiting(system).catch((error: unknown) => log.warn({ err: error }, "waiting work could not be given"));
  }
  return connection;
}
