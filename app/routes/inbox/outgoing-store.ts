import { useCallback, useSyncExternalStore } from "react";

import type { Upload } from "./upload-store.ts";

/** Something written here that the server has not confirmed yet. Kept while one moves between conversations. */
export interface OutgoingEntry {
  /** Sent with it: the same key is never sent twice. */
  key: string;
  conversationId: string;
  note: boolean;
  text: string;
  replyTo: { id: string; text: string } | null;
  /** The approved message that it is; `text` is what it reads as. */
  template?: { id: string; values: Readonly<Record<string, string>> };
  /** Files that go along, uploaded before. */
  files?: readonly Upload[];
  /** On a mail channel: what it is called, and who reads along. */
  mail?: { subject: string; cc: string };
  at: number;
  /** Counts up with every press of "retry". */
  attempt: number;
  /** Why the server did not take it; null while it is on its way. */
  refusal: { code: string; reason: string } | null;
}

const none: readonly OutgoingEntry[] = [];
const entries = new Map<string, readonly OutgoingEntry[]>();
const listeners = new Set<() => void>();

function write(conversationId: string, next: readonly OutgoingEntry[]): void {
  if (next.length === 0) entries.delete(conversationId);
  else entries.set(conversationId, next);
  listeners.forEach((listener) => listener());
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

export function addOutgoing(
  entry: Pick<OutgoingEntry, "conversationId" | "note" | "text" | "replyTo" | "template" | "files" | "mail">,
): void {
  const before = entries.get(entry.conversationId) ?? none;
  write(entry.conversationId, [
    ...before,
    { ...entry, key: crypto.randomUUID(), at: Date.now(), attempt: 0, refusal: null },
  ]);
}

export function changeOutgoing({ conversationId, key }: OutgoingEntry, change: Partial<OutgoingEntry> | null): void {
  const before = entries.get(conversationId) ?? none;
  write(
    conversationId,
    before.flatMap((entry) => (entry.key !== key ? [entry] : change ? [{ ...entry, ...change }] : [])),
  );
}

const drafts = new Map<string, string>();

/** What was being written when one left a conversation. */
export function draftOf(conversationId: string): string {
  return drafts.get(conversationId) ?? "";
}

export function keepDraft(conversationId: string, text: string): void {
  if (text) drafts.set(conversationId, text);
  else drafts.delete(conversationId);
}
