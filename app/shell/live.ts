import type { inferRouterOutputs } from "@trpc/server";
import { useEffect, useSyncExternalStore } from "react";
import { useRevalidator } from "react-router";

import type { AppRouter } from "#server/trpc/root.ts";

/** Something in the tenant changed: rows of a topic, by id, or too many to name. */
export type Change = inferRouterOutputs<AppRouter>["live"]["changes"] extends AsyncIterable<infer Seen> ? Seen : never;
export type LiveTopic = Exclude<Change["topic"], "*" | "viewers">;
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

/** Hears every change until the returned function is called. */
export function onChange(interest: (change: Change | null) => void): () => void {
  interests.add(interest);
  return () => void interests.delete(interest);
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

interface Pace {
  /** Milliseconds from a change to the first run; 0 is at once. */
  after?: number;
  /** Milliseconds between two runs, at least. */
  every?: number;
}

/**
 * Keeps a page's data current: when rows of these topics change (only these ids, where given), the page's
 * loaders run again in place; at once, then at most every 150 ms; not while the tab is hidden, which
 * catches up when it is seen again.
 */
export function useLive(
  topics: readonly LiveTopic[],
  ids?: readonly string[],
  { after = 0, every = 150 }: Pace = {},
): void {
  const { revalidate } = useRevalidator();
  const wanted = topics.join(" ");
  const only = ids?.join(" ");
  useEffect(() => {
    const names = new Set<string>(wanted.split(" "));
    const rows = only === undefined ? null : new Set(only.split(" "));
    const pace = paced(revalidate, after, every);
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
  }, [revalidate, wanted, only, after, every]);
}

/** Calls back with the rows that a change of a topic names; nothing is asked where they are too many to name. */
export function useLiveChange(topic: LiveTopic, run: (ids: readonly string[]) => void): void {
  useEffect(() => {
    const interest: Interest = (change) => {
      if (change?.topic === topic && change.ids !== "*") run(change.ids);
    };
    interests.add(interest);
    return () => {
      interests.delete(interest);
    };
  }, [topic, run]);
}

function concerns({ ids }: Change, rows: ReadonlySet<string> | null): boolean {
  return rows === null || ids === "*" || ids.some((id) => rows.has(id));
}

/**
 * Runs `after` milliseconds after it is asked, one at a time, then rests `every` or twice as long as the
 * last run took, whichever is longer.
 */
export function paced(run: () => Promise<void>, after: number, every: number) {
  let asked = false;
  let busy = false;
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    if (!asked || busy || stopped || document.hidden) return;
    busy = true;
    if (after > 0) timer = setTimeout(go, after);
    else go();
  };
  const go = () => {
    asked = false;
    const began = performance.now();
    void run().finally(() => {
      const rest = Math.max(every, 2 * (performance.now() - began));
      timer = setTimeout(() => {
        busy = false;
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
