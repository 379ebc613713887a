import { useEffect, useState } from "react";

import type { LayRows } from "./use-laid-rows.ts";

let loaded: LayRows | null = null;

/** What lays out a long thread, once one is there and the browser has fetched it; null until then. */
export function useLongThread(isLong: boolean): LayRows | null {
  // A thread that was long once is laid out as one: holes that close may make it shorter.
  const [wanted, setWanted] = useState(isLong);
  const [here, setHere] = useState(loaded !== null);
  if (isLong && !wanted) setWanted(true);
  useEffect(() => {
    if (!wanted || here) return;
    let gone = false;
    void import("./long-thread.lazy.ts").then((module) => {
      loaded = module.default;
      if (!gone) setHere(true);
    });
    return () => {
      gone = true;
    };
  }, [wanted, here]);
  return wanted && here ? loaded : null;
}
