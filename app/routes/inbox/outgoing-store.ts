import { useCallback, useSyncExternalStore } from "react";

import type { Refusal } from "#app/context.ts";

import { keepEntries, keptEntries } from "./outgoing-kept.ts";
import { post } from "./outgoing-post.ts";
import type { Upload } from "./upload-store.ts";

/** Something written here that the server has not confirmed yet. Kept in this browser until it has, reloads included. */
export interface OutgoingEntry {
  /** Sent with it: the same key is never sent twice, however often it is tried. */
  key: string;
  conversationId: string;
  note: boolean;
  text: string;
  replyTo: { id: string; text: string } | null;
  /** The latest message that its writer had seen; null: it leaves whoever answered meanwhile. */
  seenId?: string | null;
  /** The approved message that it is; `text` is what it reads as. */
  template?: { id: string; values: Readonly<Record<string, string>> };
  /** Files that go along, uploaded before. */
  files?: readonly Upload[];
  /** On a mail channel: what it is called, and who reads along. */
  mail?: { subject: string; cc: string };
  /** To leave later, by the business's clock. */
  later?: { sendAt: string; unlessAnswered: boolean };
  at: number;
  /** How far it has come: `waiting` for the connection, after which it is tried again by itself. */
  state: "sending" | "waiting" | "taken";
  /** Why the server did not take it. */
  refusal: { code: string; reason: string } | null;
}

/** Whose entries these are: they leave in nobody else's name. */
export interface OutboxOwner {
  slug: string;
  userId: string;
}

const none: readonly OutgoingEntry[] = [];
/** Waits between two tries: the connection may be back before the browser says so. */
const waits = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const entries = new Map<string, readonly OutgoingEntry[]>();
const listeners = new Set<() => void>();
const underWay = new Set<string>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const tries = new Map<string, number>();
let owner: OutboxOwner | null = null;

/**
 * Opens the outbox of a member in this browser: what an earlier page left is tried again, as is whatever waits when the
 * connection returns. Answers how to close it.
 */
export function openOutbox(opened: OutboxOwner): () => void {
  owner = opened;
  adopt();
  const again = () => [...entries.keys()].forEach(tryNow);
  const onStorage = ({ key }: StorageEvent) => {
    if (key === null || key.startsWith("guichet.outgoing")) adopt();
  };
  globalThis.addEventListener("online", again);
  globalThis.addEventListener("storage", onStorage);
  document.addEventListener("visibilitychange", again);
  return () => {
    globalThis.removeEventListener("online", again);
    globalThis.removeEventListener("storage", onStorage);
    document.removeEventListener("visibilitychange", again);
    timers.forEach(clearTimeout);
    timers.clear();
    entries.clear();
    owner = null;
  };
}

/** Takes over what this browser keeps, whichever tab wrote it. The server knows the keys: two tabs send once. */
function adopt(): void {
  if (!owner) return;
  const kept = keptEntries(owner);
  for (const [id, own] of entries) {
    const lasting = own.filter(({ key, state }) => state === "taken" || kept.some((one) => one.key === key));
    show(id, lasting);
  }
  for (const entry of kept) {
    const before = entries.get(entry.conversationId) ?? none;
    if (!before.some(({ key }) => key === entry.key)) show(entry.conversationId, [...before, entry]);
    tryNow(entry.conversationId);
  }
}

function show(conversationId: string, next: readonly OutgoingEntry[]): void {
  if (next.length === 0) entries.delete(conversationId);
  else entries.set(conversationId, next);
  listeners.forEach((listener) => listener());
}

function write(conversationId: string, next: readonly OutgoingEntry[]): void {
  show(conversationId, next);
  if (owner) keepEntries(owner, [...entries.values()].flat());
}

/**
 * What is on its way in a conversation. The thread may show a message before its send is answered: such a one has
 * `arrived`, and is there once; `waiting` counts the others.
 */
export function useOutgoing(conversationId: string, thread: readonly { key: string | null }[]) {
  const read = useCallback(() => entries.get(conversationId) ?? none, [conversationId]);
  const written = useSyncExternalStore(subscribe, read, () => none);
  const shown = new Set(thread.map(({ key }) => key));
  const outgoing = written.map((entry) => ({ entry, arrived: shown.has(entry.key) }));
  return { outgoing, waiting: outgoing.filter(({ arrived }) => !arrived).length };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Whether exactly these words are on their way already. */
export function isLeaving(conversationId: string, text: string): boolean {
  return (entries.get(conversationId) ?? none).some((entry) => entry.text === text.trim());
}

export function addOutgoing(
  entry: Pick<
    OutgoingEntry,
    "conversationId" | "note" | "text" | "replyTo" | "seenId" | "template" | "files" | "mail" | "later"
  >,
): void {
  const before = entries.get(entry.conversationId) ?? none;
  write(entry.conversationId, [
    ...before,
    { ...entry, key: crypto.randomUUID(), at: Date.now(), state: "sending", refusal: null },
  ]);
  tryNow(entry.conversationId);
}

export function changeOutgoing({ conversationId, key }: OutgoingEntry, change: Partial<OutgoingEntry> | null): void {
  const before = entries.get(conversationId) ?? none;
  write(
    conversationId,
    before.flatMap((entry) => (entry.key !== key ? [entry] : change ? [{ ...entry, ...change }] : [])),
  );
}

/** A person asks for another try. */
export function retryOutgoing(entry: OutgoingEntry): void {
  changeOutgoing(entry, { refusal: null, state: "sending", at: Date.now() });
  tryNow(entry.conversationId);
}

function tryNow(conversationId: string): void {
  clearTimeout(timers.get(conversationId));
  timers.delete(conversationId);
  void sendAll(conversationId);
}

/** One after the other, in the order in which they were written. */
async function sendAll(conversationId: string): Promise<void> {
  if (underWay.has(conversationId)) return;
  underWay.add(conversationId);
  try {
    for (let entry = next(conversationId); entry && owner; entry = next(conversationId)) {
      const answer = await post(owner.slug, entry);
      if (answer === "lost") {
        changeOutgoing(entry, { state: "waiting" });
        tryLater(conversationId);
        return;
      }
      tries.delete(conversationId);
      changeOutgoing(entry, answer.ok ? { state: "taken" } : { refusal: refusalIn(answer) });
    }
  } finally {
    underWay.delete(conversationId);
  }
}

/** What is wrong with one field says more than that something is. */
function refusalIn({ code, reason, fields }: Refusal): OutgoingEntry["refusal"] {
  return { code, reason: Object.values(fields).flat()[0] ?? reason };
}

function next(conversationId: string): OutgoingEntry | undefined {
  return entries.get(conversationId)?.find(({ state, refusal }) => state !== "taken" && refusal === null);
}

function tryLater(conversationId: string): void {
  const tried = tries.get(conversationId) ?? 0;
  tries.set(conversationId, tried + 1);
  const timer = setTimeout(() => tryNow(conversationId), waits[Math.min(tried, waits.length - 1)]);
  timers.set(conversationId, timer);
}
