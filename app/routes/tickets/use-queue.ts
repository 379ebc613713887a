import { useEffect } from "react";
import { useLocation } from "react-router";

import { useLive } from "#app/shell/live.ts";

import { rememberQueue } from "./queue-memory.ts";

/** Keeps a page of the queue current, and in mind for the tickets that are opened from it. */
export function useQueue(): void {
  const { pathname, search } = useLocation();
  useLive(["tickets", "views"]);
  useEffect(() => rememberQueue(pathname + search), [pathname, search]);
}
