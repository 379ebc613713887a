import { useEffect } from "react";
import { useFetcher } from "react-router";

import type { Hit, Hits } from "./hit.ts";
import { useTenantPath } from "./shell-data.ts";

const pauseMs = 120;

/**
 * Asks the server at each pause in typing; an answer to what is no longer being asked is not shown. An empty question
 * asks for what the member works on.
 */
export function useHits(query: string): { hits: Hit[]; searching: boolean } {
  const { load, data, state } = useFetcher<Hits>();
  const to = useTenantPath();
  const url = `${to("search/palette")}?${new URLSearchParams({ q: query })}`;
  const asked = query.length !== 1 || /\d/.test(query);
  useEffect(() => {
    if (!asked) return;
    const timer = setTimeout(() => void load(url), query === "" ? 0 : pauseMs);
    return () => clearTimeout(timer);
  }, [asked, load, query, url]);
  const answered = data?.query === query;
  return { hits: asked && answered ? data.hits : [], searching: asked && (!answered || state !== "idle") };
}
