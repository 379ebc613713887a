import { useEffect, useSyncExternalStore } from "react";

import { onChange, type Change } from "./live.ts";

/** A colleague who looks at a conversation or a ticket now. */
export interface Viewer {
  userId: string;
  name: string;
  typing: boolean;
}
type Snapshot = ReadonlyMap<string, readonly Viewer[]>;

interface Until {
  name: string;
  viewing: number;
  typing: number;
}

/** As long as the server counts them; browsers say it again well before. */
const viewingMs = 35_000;
const typingMs = 6_000;

const nobody: Snapshot = new Map();
const places = new Map<string, Map<string, Until>>();
const watchers = new Set<() => void>();
let snapshot: Snapshot = nobody;
let timer: ReturnType<typeof setTimeout> | undefined;

/** Who looks at what in the tenant, but for the member; by the id of what is looked at. */
export function useViewers(): Snapshot {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => snapshot,
    () => nobody,
  );
}

/** The colleagues at any of these, each once; one who writes at one of them writes. */
export function viewersAt(known: Snapshot, ids: readonly (string | null | undefined)[]): Viewer[] {
  const found = new Map<string, Viewer>();
  for (const viewer of ids.flatMap((id) => (id ? (known.get(id) ?? []) : []))) {
    const before = found.get(viewer.userId);
    found.set(viewer.userId, { ...viewer, typing: viewer.typing || (before?.typing ?? false) });
  }
  return [...found.values()];
}

/** Keeps what is known of colleagues current while a tenant's pages are open. Used by the shell. */
export function useViewerFeed(tenant: string, me: string): void {
  useEffect(() => {
    let gone = false;
    const askAnew = async () => {
      const { clientFor } = await import("./live-connection.lazy.ts");
      const viewers = await clientFor(tenant)
        .presence.viewers.query()
        .catch(() => null);
      if (gone || !viewers) return;
      places.clear();
      for (const { id, userId, name, typing } of viewers) {
        if (userId !== me) keep([id], { userId, name, state: typing ? "typing" : "viewing" });
      }
      publish();
    };
    const stop = onChange((change) => {
      if (change === null) void askAnew();
      else if (change.viewer && change.ids !== "*" && change.viewer.userId !== me) {
        keep(change.ids, change.viewer);
        publish();
      }
    });
    return () => {
      gone = true;
      stop();
      clearTimeout(timer);
      places.clear();
      publish();
    };
  }, [tenant, me]);
}

function keep(ids: readonly string[], { userId, name, state }: NonNullable<Change["viewer"]>): void {
  const now = Date.now();
  for (const id of ids) {
    const people = places.get(id) ?? new Map<string, Until>();
    if (state === "gone") people.delete(userId);
    else people.set(userId, { name, viewing: now + viewingMs, typing: state === "typing" ? now + typingMs : 0 });
    if (people.size > 0) places.set(id, people);
    else places.delete(id);
  }
}

/** Draws anew what is shown of them, now and when the next of them lapses. */
function publish(): void {
  const now = Date.now();
  let next = Infinity;
  const shown = new Map<string, Viewer[]>();
  for (const [id, people] of places) {
    const here: Viewer[] = [];
    for (const [userId, { name, viewing, typing }] of people) {
      if (viewing <= now) people.delete(userId);
      else {
        here.push({ userId, name, typing: typing > now });
        next = Math.min(next, viewing, typing > now ? typing : Infinity);
      }
    }
    if (here.length > 0) shown.set(id, here);
    else places.delete(id);
  }
  snapshot = shown.size > 0 ? shown : nobody;
  watchers.forEach((watcher) => watcher());
  clearTimeout(timer);
  if (next < Infinity) timer = setTimeout(publish, next - now + 20);
}
