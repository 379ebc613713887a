import { useEffect, useEffectEvent } from "react";

interface Answering<T> {
  state: "idle" | "loading" | "submitting";
  data: T | undefined;
}

/**
 * Calls back for every answer of a fetcher, when the page's data has caught up with it; a refusal at once,
 * since without a network the page's data would not come.
 */
export function useAnswer<T extends object>({ state, data }: Answering<T>, heard: (answer: T) => void): void {
  const hear = useEffectEvent(heard);
  useEffect(() => {
    if (data === undefined || state === "submitting") return;
    const refused = "ok" in data && data.ok === false;
    if (refused ? state === "loading" : state === "idle") hear(data);
  }, [state, data]);
}
