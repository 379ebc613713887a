import type { OutboxOwner, OutgoingEntry } from "./outgoing-store.ts";

/** Older ones are not sent by themselves: what was true then may not be now. */
const staleMs = 12 * 3_600_000;

const nameOf = ({ slug, userId }: OutboxOwner) => `guichet.outgoing ${slug} ${userId}`;

/** Writes down what the server has not taken yet. Without storage (a private window, a full one) it lives as long as the page. */
export function keepEntries(owner: OutboxOwner, all: readonly OutgoingEntry[]): void {
  const unsent = all.filter(({ state }) => state !== "taken").map(withoutPictures);
  try {
    if (unsent.length === 0) localStorage.removeItem(nameOf(owner));
    else localStorage.setItem(nameOf(owner), JSON.stringify(unsent));
  } catch {
    // The page itself still sends them.
  }
}

/** What an earlier page, or another tab, wrote down. */
export function keptEntries(owner: OutboxOwner): OutgoingEntry[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(owner)) ?? "[]");
    return Array.isArray(kept) ? kept.filter(isEntry).map(notStale) : [];
  } catch {
    return [];
  }
}

/** Pictures of a file are this page's own. */
function withoutPictures(entry: OutgoingEntry): OutgoingEntry {
  return entry.files ? { ...entry, files: entry.files.map((file) => ({ ...file, preview: null })) } : entry;
}

function notStale(entry: OutgoingEntry): OutgoingEntry {
  if (entry.refusal || Date.now() - entry.at < staleMs) return entry;
  return { ...entry, refusal: { code: "conflict", reason: "written_long_ago" } };
}

function isEntry(value: unknown): value is OutgoingEntry {
  const entry = value as Partial<OutgoingEntry> | null;
  return typeof entry?.key === "string" && typeof entry.conversationId === "string" && typeof entry.text === "string";
}
