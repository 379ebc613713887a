import { useSyncExternalStore } from "react";

export interface Quote {
  id: string;
  text: string;
}

const quotes = new Map<string, Quote>();
const listeners = new Set<() => void>();

/** The next reply of a conversation answers this message; null: none in particular. */
export function quote(conversationId: string, message: Quote | null): void {
  if (message) quotes.set(conversationId, message);
  else quotes.delete(conversationId);
  listeners.forEach((listener) => listener());
}

export function useQuote(conversationId: string): Quote | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => quotes.get(conversationId) ?? null,
    () => null,
  );
}
