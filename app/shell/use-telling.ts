import { useEffect } from "react";

import { useShell } from "./shell-data.ts";

/** Before the last word of it lapses: see `viewers.ts`. */
const againEvery = 15_000;
const typingEvery = 3_000;

interface Place {
  conversationId?: string | null;
  ticketId?: string | null;
}

/** Tells colleagues that the member looks at this, while the tab is seen; that they write something here; that they left. */
export function useTelling({ conversationId = null, ticketId = null }: Place): void {
  const { slug } = useShell().tenant;
  useEffect(() => {
    let typedAt = 0;
    const tell = async (state: "viewing" | "typing" | "gone") => {
      const { clientFor } = await import("./live-connection.lazy.ts");
      // Somebody who is not told of looks like nobody for a while: no more than that.
      await clientFor(slug)
        .presence.tell.mutate({ conversationId, ticketId, state })
        .catch(() => undefined);
    };
    const seen = () => void tell(document.hidden ? "gone" : "viewing");
    const again = () => {
      // Who writes is seen to look anyway.
      if (!document.hidden && Date.now() - typedAt > typingEvery) void tell("viewing");
    };
    const typed = ({ target }: Event) => {
      if (!(target instanceof HTMLTextAreaElement) || Date.now() - typedAt < typingEvery) return;
      typedAt = Date.now();
      void tell("typing");
    };
    // A page that is left has no time for an answer.
    const leave = () => {
      const told = JSON.stringify({ json: { conversationId, ticketId, state: "gone" } });
      navigator.sendBeacon(
        `/trpc/presence.tell?${new URLSearchParams({ tenant: slug })}`,
        new Blob([told], { type: "application/json" }),
      );
    };
    seen();
    const timer = setInterval(again, againEvery);
    document.addEventListener("visibilitychange", seen);
    document.addEventListener("input", typed);
    addEventListener("pagehide", leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", seen);
      document.removeEventListener("input", typed);
      removeEventListener("pagehide", leave);
      void tell("gone");
    };
  }, [slug, conversationId, ticketId]);
}
