import { useCallback, useEffect, useRef, type FormEvent } from "react";

import { useShell } from "./shell-data.ts";

/** Before the last word of it lapses: see `viewers.ts`. */
const againEvery = 15_000;
const typingEvery = 3_000;

interface Place {
  conversationId?: string | null;
  ticketId?: string | null;
}

/**
 * Tells colleagues that the member looks at this, while the tab is seen, and that they left. What it answers is
 * called when something is typed within, and tells that too.
 */
export function useTelling({ conversationId = null, ticketId = null }: Place): (event: FormEvent) => void {
  const { slug } = useShell().tenant;
  const typedAt = useRef(0);
  const tell = useCallback(
    async (state: "viewing" | "typing" | "gone") => {
      const { clientFor } = await import("./live-connection.lazy.ts");
      // Somebody who is not told of looks like nobody for a while: no more than that.
      await clientFor(slug)
        .presence.tell.mutate({ conversationId, ticketId, state })
        .catch(() => undefined);
    },
    [slug, conversationId, ticketId],
  );
  useEffect(() => {
    const seen = () => void tell(document.hidden ? "gone" : "viewing");
    const again = () => {
      // Who writes is seen to look anyway.
      if (!document.hidden && Date.now() - typedAt.current > typingEvery) void tell("viewing");
    };
    seen();
    const timer = setInterval(again, againEvery);
    document.addEventListener("visibilitychange", seen);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
      void tell("gone");
    };
  }, [tell]);
  return useCallback(
    ({ target }: FormEvent) => {
      if (!(target instanceof HTMLTextAreaElement) || Date.now() - typedAt.current < typingEvery) return;
      typedAt.current = Date.now();
      void tell("typing");
    },
    [tell],
  );
}
