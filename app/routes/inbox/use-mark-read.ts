import { useEffect } from "react";
import { useFetcher } from "react-router";

import type { ActionResult } from "./act.ts";
import type { Detail } from "./data.ts";

/** What came in is read once the thread is open in a tab that someone can see. */
export function useMarkRead({ id, unreadCount }: Pick<Detail, "id" | "unreadCount">): void {
  const { submit } = useFetcher<ActionResult>({ key: `read ${id}` });
  useEffect(() => {
    if (unreadCount === 0) return;
    const read = () => {
      if (!document.hidden) void submit({ intent: "read" }, { method: "post" });
    };
    read();
    document.addEventListener("visibilitychange", read);
    return () => document.removeEventListener("visibilitychange", read);
  }, [unreadCount, submit]);
}
