import { useEffect, useState } from "react";
import { useFetcher, useLocation } from "react-router";

import type { loader } from "./conversation.tsx";
import type { Opened, ThreadMessage } from "./data.ts";

interface Older {
  messages: ThreadMessage[];
  cursor: string | null;
}

/** The live end of a thread with the older pages that were asked for before it. */
export function useOlderMessages(conversationId: string, live: Opened["thread"]) {
  const { pathname } = useLocation();
  const fetcher = useFetcher<typeof loader>({ key: `older ${conversationId}` });
  const [older, setOlder] = useState<Older | null>(null);
  // The live page moves on with every message: what leaves it stays in the thread.
  const [passed, setPassed] = useState<ThreadMessage[]>([]);
  const { data } = fetcher;
  useEffect(() => {
    if (!data || data.conversation.id !== conversationId) return;
    setOlder((known) => ({
      messages: [...data.thread.messages, ...(known?.messages ?? [])],
      cursor: data.thread.olderCursor,
    }));
  }, [data, conversationId]);
  useEffect(() => {
    setPassed((known) => {
      const fresh = new Map([...known, ...live.messages].map((message) => [message.id, message]));
      return [...fresh.values()];
    });
  }, [live.messages]);
  const current = new Map(
    [...(older?.messages ?? []), ...passed, ...live.messages].map((message) => [message.id, message]),
  );
  const messages = [...current.values()].toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const [firstCursor] = useState(live.olderCursor);
  const olderCursor = older ? older.cursor : firstCursor;
  const loadOlder = () => {
    if (olderCursor) void fetcher.load(`${pathname}?${new URLSearchParams({ before: olderCursor })}`);
  };
  return { messages, olderCursor, loadOlder, busy: fetcher.state !== "idle" };
}
