import { useEffect, useEffectEvent } from "react";

/** Calls back once for every answer of a fetcher, when the page's data has caught up with it. */
export function useAnswer<T>(
  { state, data }: { state: string; data: T | undefined },
  heard: (answer: T) => void,
): void {
  const hear = useEffectEvent(heard);
  useEffect(() => {
    if (state === "idle" && data !== undefined) hear(data);
  }, [state, data]);
}
