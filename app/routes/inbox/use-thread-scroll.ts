import { useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";

import type { ThreadMessage } from "./data.ts";

/** Distance from the end, in pixels, that still counts as being there. */
const nearEnd = 80;
const left = new Map<string, number>();

interface ThreadScroll {
  conversationId: string;
  /** The live end of the thread, oldest first. */
  messages: readonly ThreadMessage[];
  /** How many messages are on their way to the server. */
  waiting: number;
  /** The thread keeps its rows in place by itself. */
  isLong: boolean;
  /** It opens at its end, or where it was left, and not at some message. */
  opensAtEnd: boolean;
}

/**
 * Keeps what is being read in its place. At the end the thread follows new messages; further up it stays,
 * and says how many came. Coming back to a conversation finds it where it was left.
 */
export function useThreadScroll({ conversationId, messages, waiting, isLong, opensAtEnd }: ThreadScroll) {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  const atEnd = useRef(true);
  const [isAtEnd, setAtEnd] = useState(true);
  const [isFar, setFar] = useState(false);
  const [unseen, setUnseen] = useState(0);
  const newest = messages.at(-1)?.id;
  const oldest = messages[0]?.id;
  const seen = useRef(newest);
  const first = useRef(oldest);
  const begins = useRef(opensAtEnd);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    if (begins.current) element.scrollTop = left.get(conversationId) ?? 0;
    const note = () => {
      // Counted from the end: zero there, negative above, since the box is laid out in reverse.
      atEnd.current = element.scrollTop > -nearEnd;
      height.current = element.scrollHeight;
      left.set(conversationId, atEnd.current ? 0 : element.scrollTop);
      setAtEnd(atEnd.current);
      setFar(element.scrollTop < -element.clientHeight);
      if (atEnd.current) setUnseen(0);
    };
    note();
    element.addEventListener("scroll", note, { passive: true });
    return () => element.removeEventListener("scroll", note);
  }, [conversationId]);

  useLayoutEffect(() => {
    const element = box.current;
    if (!element || newest === seen.current) return;
    const before = messages.findIndex((message) => message.id === seen.current);
    seen.current = newest;
    if (atEnd.current) {
      element.scrollTop = 0;
      return;
    }
    if (!isLong) {
      const grown = element.scrollHeight - height.current;
      element.scrollTop = (left.get(conversationId) ?? 0) - grown;
      height.current = element.scrollHeight;
      left.set(conversationId, element.scrollTop);
    }
    const arrived = messages.slice(before + 1).filter((message) => message.direction === "in").length;
    setUnseen((count) => count + arrived);
  }, [conversationId, messages, newest, isLong]);

  // What comes before only makes the way up longer.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || isLong || oldest === first.current) return;
    first.current = oldest;
    element.scrollTop = left.get(conversationId) ?? 0;
    height.current = element.scrollHeight;
  }, [conversationId, oldest, isLong]);

  const toEnd = useCallback(() => {
    if (box.current) box.current.scrollTop = 0;
    setUnseen(0);
  }, []);
  useEffect(() => {
    if (waiting > 0 && box.current) box.current.scrollTop = 0;
  }, [waiting]);
  return { box, unseen, isAtEnd, isFar, toEnd };
}
