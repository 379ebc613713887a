import { useEffect, useSyncExternalStore } from "react";
import { useRevalidator } from "react-router";

/** Something in the tenant changed: rows of a topic, by id, or too many to name. */
export interface Change {
  topic: string;
  ids: readonly string[] | "*";
}
export type LiveState = "waiting" | "live" | "lost";
/** What a connection tells its tab; `null` means that anything may have changed. */
export interface LiveListener {
  change: (change: Change | null) => void;
  state: (state: LiveState) => void;
}

type Interest = (change: Change | null) => void;
const interests = new Set<Interest>();
const watchers = new Set<() => void>();
let state: LiveState = "waiting";

/** Keeps one connection a browser open for the tenant, begun once the page is at rest. Used by the shell. */
export function useLiveConnection(tenant: string): void {
  useEffect(() => {
    const gone = new AbortController();
    const listener: LiveListener = {
      change: (change) => interests.forEach((interest) => interest(change)),
      state: (next) => {
        state = next;
        watchers.forEach((watcher) => watcher());
      },
    };
    const cancel = whenIdle(async () => {
      const { connect } = await import("./live-connection.lazy.ts");
      if (!gone.signal.aborted) connect(tenant, listener, gone.signal);
    });
    return () => {
      cancel();
      gone.abort();
    };
  }, [tenant]);
}

/** Whether news arrives: "waiting" until the first connection, "lost" while it is interrupted. */
export function useLiveState(): LiveState {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
    () => "waiting",
  );
}

/**
 * Keeps a page's data current: when rows of these topics change (only these ids, where given), the page's
 * loaders run again in place; at once, then at most every `every` milliseconds; not while the tab is
 * hidden, which catches up when it is seen again.
 */
export function useLive(topics: readonly string[], ids?: readonly string[], every = 150): void {
  const { revalidate } = useRevalidator();
  const wanted = topics.join(" ");
  const only = ids?.join(" ");
  useEffect(() => {
    const names = new Set(wanted.split(" "));
    const rows = only === undefined ? null : new Set(only.split(" "));
    const pace = paced(revalidate, every);
    const interest: Interest = (change) => {
      if (change === null || (names.has(change.topic) && concerns(change, rows))) pace.ask();
    };
    interests.add(interest);
    document.addEventListener("visibilitychange", pace.resume);
    return () => {
      interests.delete(interest);
      document.removeEventListener("visibilitychange", pace.resume);
      pace.stop();
    };
  }, [revalidate, wanted, only, every]);
}

function concerns({ ids }: Change, rows: ReadonlySet<string> | null): boolean {
  return rows === null || ids === "*" || ids.some((id) => rows.has(id));
}

/** Runs at once, one at a time, then waits `every` or twice as long as the last run took, whichever is longer. */
export function paced(run: () => Promise<void>, every: number) {
  let asked = false;
  let resting = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    if (!asked || resting || stopped || document.hidden) return;
    asked = false;
    resting = true;
    const began = performance.now();
    void run().finally(() => {
      const rest = Math.max(every, 2 * (performance.now() - began));
      timer = setTimeout(() => {
        resting = false;
        start();
      }, rest);
    });
  };
  return {
    ask: () => {
      asked = true;
      start();
    },
    resume: start,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

function whenIdle(run: () => Promise<void>): () => void {
  if (!("requestIdleCallback" in globalThis)) {
    const timer = setTimeout(() => void run(), 500);
    return () => clearTimeout(timer);
  }
  const handle = requestIdleCallback(() => void run(), { timeout: 2000 });
  return () => cancelIdleCallback(handle);
}
