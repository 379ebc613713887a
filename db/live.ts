import type { ListenMeta, Sql } from "postgres";
import { randomUUID } from "node:crypto";
import { EventEmitter } from "node:events";

/** What a browser may watch. */
export const liveTopics = [
  "conversations",
  "messages",
  "calls",
  "tickets",
  "customers",
  "webhook_logs",
  "channels",
  "members",
  "alerts",
  "notifications",
  "views",
  "deadlines",
  "appointments",
  "prospects",
  "automation",
  "automation_runs",
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Something changed in a tenant: which kind of thing, and which ones (`*`: too many to say). */
export interface LiveChange {
  tenantId: string;
  topic: LiveTopic;
  ids: string[] | "*";
}

/** That a member looks at something, writes there, or went away from it. Told to colleagues, kept nowhere. */
export interface LiveViewer {
  tenantId: string;
  /** What it is that they look at: a conversation, a ticket, or both at once. */
  ids: string[];
  userId: string;
  name: string;
  state: "viewing" | "typing" | "gone";
}

const channel = "guichet_live";
const mostIds = 100;
const coalesceMs = 20;

interface Pending {
  ids: Set<string> | "*";
  timer: NodeJS.Timeout;
}
interface LiveState {
  /** Marks this process's notices, which come back to it too. */
  self: string;
  emitter: EventEmitter;
  pending: Map<string, Pending>;
  /** Notices of this turn, for the other processes: one statement. */
  leaving: LiveChange[];
  sender?: Sql;
  listening?: ListenMeta;
}
const state: LiveState = ((globalThis as { guichetLive?: LiveState }).guichetLive ??= {
  self: randomUUID(),
  emitter: new EventEmitter().setMaxListeners(0),
  pending: new Map(),
  leaving: [],
});

/**
 * Tells every process that rows of a tenant changed. Call it after the commit (`tx.afterCommit`), never
 * inside: a commit that notifies takes a lock on the whole database. The first notice of a (tenant,
 * topic) leaves at once, and is heard in this process before it has; those of the next 20 ms travel together.
 */
export function publish(tenantId: string, topic: LiveTopic, ids: readonly string[] | "*"): void {
  state.emitter.emit("said", { tenantId, topic });
  const key = `${tenantId} ${topic}`;
  const waiting = state.pending.get(key);
  if (waiting) {
    waiting.ids = merged(waiting.ids, ids);
    return;
  }
  tell({ tenantId, topic, ids: ids === "*" || ids.length > mostIds ? "*" : [...ids] });
  const timer = setTimeout(() => flush(key, tenantId, topic), coalesceMs);
  timer.unref();
  state.pending.set(key, { ids: new Set(), timer });
}

function flush(key: string, tenantId: string, topic: LiveTopic): void {
  const waiting = state.pending.get(key);
  state.pending.delete(key);
  if (!waiting || (waiting.ids !== "*" && waiting.ids.size === 0)) return;
  publish(tenantId, topic, waiting.ids === "*" ? "*" : [...waiting.ids]);
}

function merged(have: Set<string> | "*", more: readonly string[] | "*"): Set<string> | "*" {
  if (have === "*" || more === "*") return "*";
  for (const id of more) have.add(id);
  return have.size > mostIds ? "*" : have;
}

function tell(change: LiveChange): void {
  if (!state.sender) return;
  state.emitter.emit("change", change);
  if (state.leaving.push(change) === 1) queueMicrotask(() => void send(state.leaving.splice(0)));
}

async function send(changes: readonly LiveChange[]): Promise<void> {
  if (!state.sender) return;
  const payloads = changes.map((change) => JSON.stringify({ ...change, from: state.self }));
  const sent = state.sender`select pg_notify(${channel}, payload) from unnest(${payloads}::text[]) payload`;
  // A lost notice is healed by the browser's version check; the change itself is committed.
  await sent.catch(() => undefined);
}

/** Tells every process what a member looks at. A lost notice is healed by the next one, soon. */
export async function sayViewer(viewer: LiveViewer): Promise<void> {
  await state.sender?.notify(channel, JSON.stringify({ viewer })).catch(() => undefined);
}

/** Hears of viewers in every tenant, until the returned function is called. */
export function watchViewers(seen: (viewer: LiveViewer) => void): () => void {
  state.emitter.on("viewer", seen);
  return () => void state.emitter.off("viewer", seen);
}

/** Starts listening on a connection of its own. After a reconnect every watcher is told to look again. */
export async function startLive(direct: Sql, sender: Sql): Promise<() => Promise<void>> {
  state.sender = sender;
  state.listening = await direct.listen(
    channel,
    (payload) => {
      const heard = JSON.parse(payload) as (LiveChange & { from?: string }) | { viewer: LiveViewer };
      if ("viewer" in heard) state.emitter.emit("viewer", heard.viewer);
      else if (heard.from !== state.self) state.emitter.emit("change", heard);
    },
    () => state.emitter.emit("reconnected"),
  );
  return async () => {
    for (const { timer } of state.pending.values()) clearTimeout(timer);
    state.pending.clear();
    delete state.sender;
    await state.listening?.unlisten().catch(() => undefined);
  };
}

/** Hears of changes in every tenant: at once of those of this process, and of all of them when the notice arrives. For what is kept in memory. */
export function onLiveChange(seen: (change: Pick<LiveChange, "tenantId" | "topic">) => void): () => void {
  state.emitter.on("said", seen).on("change", seen);
  return () => void state.emitter.off("said", seen).off("change", seen);
}

/** Watches one tenant until the returned function is called. `*` as topic means: look at everything again. */
export function watch(
  tenantId: string,
  seen: (change: { topic: LiveTopic | "*"; ids: string[] | "*" }) => void,
): () => void {
  const onChange = (change: LiveChange) => {
    if (change.tenantId === tenantId) seen({ topic: change.topic, ids: change.ids });
  };
  const onReconnect = () => seen({ topic: "*", ids: "*" });
  state.emitter.on("change", onChange).on("reconnected", onReconnect);
  return () => void state.emitter.off("change", onChange).off("reconnected", onReconnect);
}
