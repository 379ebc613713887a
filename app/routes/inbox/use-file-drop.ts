import { useEffect, useEffectEvent, useState } from "react";

/** Takes files that are dropped anywhere on the page while `on`; answers whether some hover over it. */
export function useFileDrop(on: boolean, take: (files: File[]) => void): boolean {
  const [hovering, setHovering] = useState(false);
  const drop = useEffectEvent(take);
  useEffect(() => {
    if (!on) return;
    let depth = 0;
    const carries = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const settle = (next: number) => {
      depth = Math.max(0, next);
      setHovering(depth > 0);
    };
    const stop = new AbortController();
    const options = { signal: stop.signal };
    addEventListener("dragenter", (event) => carries(event) && settle(depth + 1), options);
    addEventListener("dragleave", (event) => carries(event) && settle(depth - 1), options);
    addEventListener("dragover", (event) => carries(event) && event.preventDefault(), options);
    addEventListener(
      "drop",
      (event) => {
        if (!carries(event)) return;
        event.preventDefault();
        settle(0);
        drop([...(event.dataTransfer?.files ?? [])]);
      },
      options,
    );
    return () => {
      stop.abort();
      setHovering(false);
    };
  }, [on]);
  return hovering;
}
