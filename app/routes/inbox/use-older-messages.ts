import { useState } from "react";
import { useFetcher, useLocation } from "react-router";

import type { loader } from "./conversation.tsx";
import type { Opened, ThreadMessage } from "./data.ts";
import { useAnswer } from "./use-answer.ts";

interface Older {
  messages: ThreadMessage[];
  cursor: string | null;
}

/** The live end of a thread with the older pages that were asked for before it. */
export function useOlderMessages(conversationId: string, live: Opened["thread"]) {
  const { pathname } = useLocation();
  const fetcher = useFetcher<typeof loader>({ key: `older ${conversationId}` });
  const [older, setOlder] = useState<Older>({ messages: [], cursor: live.olderCursor });
  // The live page moves on with every message: what leaves it stays in the thread.
  const [passed, setPassed] = useState(live.messages);
  const [seen, setSeen] = useState(live.messages);
  if (live.messages !== seen) {
    setSeen(live.messages);
    setPassed((before) => together(before, live.messages));
  }
  useAnswer(fetcher, ({ conversation, thread }) => {
    if (conversation.id !== conversationId) return;
    setOlder((known) => ({ messages: together(thread.messages, known.messages), cursor: thread.olderCursor }));
  });
  const messages = together(older.messages, passed, live.messages).toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  const loadOlder = () => {
    if (older.cursor) void fetcher.load(`${pathname}?${new URLSearchParams({ before: older.cursor })}`);
  };
  return { messages, olderCursor: older.cursor, loadOlder, busy: fetcher.state !== "idle" };
}

/** Each message once, as the last list knows it. */
function together(...lists: readonly (readonly ThreadMessage[])[]): ThreadMessage[] {
  return [...new Map(lists.flat().map((message) => [message.id, message])).values()];
}
