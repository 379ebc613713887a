import type { ListenMeta, Sql } from "postgres";
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
  "views",
] as const;
export type LiveTopic = (typeof liveTopics)[number];

/** Something changed in a tenant: which kind of thing, and which ones (`*`: too many to say). */
export interface LiveChange {
  tenantId: string;
  topic: LiveTopic;
  ids: string[] | "*";
}

const channel = "guichet_live";
const mostIds = 100;
const coalesceMs = 20;

interface Pending {
  ids: Set<string> | "*";
  timer: NodeJS.Timeout;
}
interface LiveState {
  emitter: EventEmitter;
  pending: Map<string, Pending>;
  sender?: Sql;
  listening?: ListenMeta;
}
const state: LiveState = ((globalThis as { guichetLive?: LiveState }).guichetLive ??= {
  emitter: new EventEmitter().setMaxListeners(0),
  pending: new Map(),
});

/**
 * Tells every process that rows of a tenant changed. Call it after the commit (`tx.afterCommit`), never
 * inside: a commit that notifies takes a lock on the whole database. The first notice of a (tenant,
 * topic) leaves at once; those of the next 20 ms travel together.
 */
export function publish(tenantId: string, topic: LiveTopic, ids: readonly string[] | "*"): void {
  const key = `${tenantId} ${topic}`;
  const waiting = state.pending.get(key);
  if (waiting) {
    waiting.ids = merged(waiting.ids, ids);
    return;
  }
  void send({ tenantId, topic, ids: ids === "*" || ids.length > mostIds ? "*" : [...ids] });
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

async function send(change: LiveChange): Promise<void> {
  // A lost notice is healed by the browser's version check; the change itself is committed.
  await state.sender?.notify(channel, JSON.stringify(change)).catch(() => undefined);
}

/** Starts listening on a connection of its own. After a reconnect every watcher is told to look again. */
export async function startLive(direct: Sql, sender: Sql): Promise<() => Promise<void>> {
  state.sender = sender;
  state.listening = await direct.listen(
    channel,
    (payload) => state.emitter.emit("change", JSON.parse(payload) as LiveChange),
    () => state.emitter.emit("reconnected"),
  );
  return async () => {
    for (const { timer } of state.pending.values()) clearTimeout(timer);
    state.pending.clear();
    delete state.sender;
    await state.listening?.unlisten().catch(() => undefined);
  };
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
