import { useCallback, useEffect, useEffectEvent, useMemo, useSyncExternalStore } from "react";

import type { TakenBack } from "./act.ts";
import type { Opened } from "./data.ts";
import { restoreUploads, uploadOf, type Upload } from "./upload-store.ts";

/** What is being written in a conversation. */
export interface Draft {
  text: string;
  note: boolean;
  attachmentIds: readonly string[];
  /** When it was last written here, milliseconds. */
  at: number;
}

type Kept = Opened["draft"];

/** Somebody who types does not stop for so long. */
const restMs = 700;
const empty: Draft = { text: "", note: false, attachmentIds: [], at: 0 };
const drafts = new Map<string, Draft>();
const listeners = new Set<() => void>();
const timers = new Map<string, ReturnType<typeof setTimeout>>();
const addresses = new Map<string, string>();
const saving = new Map<string, Promise<unknown>>();

function set(conversationId: string, draft: Draft): void {
  drafts.set(conversationId, draft);
  listeners.forEach((listener) => listener());
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * The draft of a conversation: what was written here, else what the server kept of another device or an earlier page.
 * `address` is where it is saved while one writes, `files` where its files are.
 */
export function useDraft(conversationId: string, kept: Kept, { address, files }: { address: string; files: string }) {
  const fromServer = useMemo(() => (kept ? draftOf(kept) : empty), [kept]);
  const read = useCallback(() => drafts.get(conversationId) ?? fromServer, [conversationId, fromServer]);
  const draft = useSyncExternalStore(subscribe, read, () => fromServer);
  // Once for each conversation: what the server says later is this page's own.
  const begin = useEffectEvent((id: string) => {
    addresses.set(id, address);
    const here = drafts.get(id);
    // Written elsewhere since this page emptied its own.
    if (here && kept && isEmpty(here) && kept.updatedAt.getTime() > here.at) drafts.delete(id);
    if (kept && !drafts.has(id)) {
      restoreUploads(
        id,
        kept.files.map((file) => uploadOf(file, files)),
      );
    }
  });
  useEffect(() => {
    begin(conversationId);
    globalThis.addEventListener("pagehide", saveAll);
    return () => globalThis.removeEventListener("pagehide", saveAll);
  }, [conversationId]);
  const write = useCallback(
    (change: Partial<Omit<Draft, "at">>) => {
      const next = { ...read(), ...change, at: Date.now() };
      set(conversationId, next);
      saveSoon(conversationId);
    },
    [conversationId, read],
  );
  return [draft, write] as const;
}

/** What a list says of a conversation's draft: this page knows better than the list what was written here. */
export function useDraftText(conversationId: string, listed: string | null): string | null {
  const read = useCallback(() => drafts.get(conversationId)?.text ?? listed, [conversationId, listed]);
  return useSyncExternalStore(subscribe, read, () => listed);
}

/** The words were sent: nothing is left to keep. The server forgets them with the message. */
export function emptyDraft(conversationId: string): void {
  const note = drafts.get(conversationId)?.note ?? false;
  set(conversationId, { ...empty, note, at: Date.now() });
  clearTimeout(timers.get(conversationId));
  timers.delete(conversationId);
  // One that is being saved might come after the message: it is taken back.
  void saving.get(conversationId)?.then(() => save(conversationId));
}

/** Words that did not leave go back to where they were written, before whatever is there now. */
export function putBack(
  conversationId: string,
  { text, note, files }: { text: string; note: boolean; files: readonly Upload[] },
): void {
  const before = drafts.get(conversationId) ?? empty;
  restoreUploads(conversationId, files);
  const together = [text, before.text].filter((part) => part.trim() !== "").join("\n");
  set(conversationId, { ...before, text: together, note, at: Date.now() });
  saveSoon(conversationId);
}

/** A reply that its writer kept from leaving; `files` is where the tenant's files are. */
export function putTakenBack(conversationId: string, { text, files: taken }: TakenBack, files: string): void {
  if (text || taken.length > 0)
    putBack(conversationId, { text, note: false, files: taken.map((file) => uploadOf(file, files)) });
}

const isEmpty = ({ text, attachmentIds }: Draft) => text.trim() === "" && attachmentIds.length === 0;

function draftOf({ text, note, files, updatedAt }: NonNullable<Kept>): Draft {
  return { text, note, attachmentIds: files.map(({ id }) => id), at: updatedAt.getTime() };
}

function saveSoon(conversationId: string): void {
  clearTimeout(timers.get(conversationId));
  timers.set(
    conversationId,
    setTimeout(() => save(conversationId), restMs),
  );
}

function saveAll(): void {
  for (const conversationId of timers.keys()) save(conversationId);
}

/** Outlives the page that asks for it. Lost without a connection: the next key pressed saves again. */
function save(conversationId: string): void {
  clearTimeout(timers.get(conversationId));
  timers.delete(conversationId);
  const draft = drafts.get(conversationId);
  const address = addresses.get(conversationId);
  if (!draft || !address) return;
  const { text, note, attachmentIds } = draft;
  const body = new URLSearchParams({ text, note: note ? "yes" : "", attachmentIds: attachmentIds.join(",") });
  const saved = fetch(`${address}/draft`, { method: "POST", body, keepalive: true })
    .catch(() => undefined)
    .finally(() => {
      if (saving.get(conversationId) === saved) saving.delete(conversationId);
    });
  saving.set(conversationId, saved);
}
