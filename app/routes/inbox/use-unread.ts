import { useCallback, useEffect, useState } from "react";

import type { ThreadMessage } from "./data.ts";
import type { Piece, Place } from "./thread-pieces.ts";
import type { Jump } from "./use-jump.ts";

interface Unread {
  /** Messages of the customer's that nobody had read when the thread was opened. */
  count: number;
  /** The first of them; null while it is not there. */
  id: string | null;
  /** Where it is stands elsewhere than in sight, and nobody has been there yet. */
  isAway: boolean;
  onUnread: (inSight: boolean) => void;
}

/** What was unread when a thread was opened; opening it is reading it. */
export function useUnread(unreadCount: number, { messages }: Piece): Unread {
  const [opened] = useState({ count: unreadCount, newest: messages.at(-1)?.id });
  const [sight, setSight] = useState<"unknown" | "away" | "been">("unknown");
  const id = firstUnread(messages, opened);
  const onUnread = useCallback((inSight: boolean) => {
    setSight((known) => (inSight || known === "been" ? "been" : "away"));
  }, []);
  const isAway = opened.count > 0 && (sight === "away" || (id === null && sight === "unknown"));
  return { count: opened.count, id, isAway, onUnread };
}

function firstUnread(
  messages: readonly ThreadMessage[],
  { count, newest }: { count: number; newest: string | undefined },
): string | null {
  if (count === 0) return null;
  const last = messages.findLastIndex(({ id }) => id === newest);
  const inbound = messages.slice(0, last + 1).filter(({ direction }) => direction === "in");
  return inbound.at(-count)?.id ?? null;
}

/** Goes to the first unread message, through as many pages as lie before it. Answers what sets out. */
export function useWayToUnread(
  id: string | null,
  { olderCursor }: Piece,
  ask: (place: Place) => void,
  go: (jump: Jump) => void,
): () => void {
  const [isWanted, setWanted] = useState(false);
  if (isWanted && (id !== null || olderCursor === null)) {
    setWanted(false);
    if (id !== null) go({ key: "unread" });
  }
  useEffect(() => {
    if (isWanted && olderCursor) ask({ before: olderCursor });
  }, [isWanted, olderCursor, ask]);
  return () => setWanted(true);
}
