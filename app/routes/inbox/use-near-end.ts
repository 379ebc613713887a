import { useEffect, useEffectEvent, useState, type RefCallback, type RefObject } from "react";

/** Distance from the end of what is there, in pixels, at which the next page is fetched. */
const nearEnd = 3_000;

/**
 * Watches what stands at the end of what was fetched; calls back once it comes near. Null: nothing more is wanted
 * now. Answers the ref of that mark.
 */
export function useNearEnd(box: RefObject<HTMLElement | null>, near: (() => void) | null): RefCallback<HTMLElement> {
  const [mark, setMark] = useState<HTMLElement | null>(null);
  const isWanted = near !== null;
  const come = useEffectEvent(() => near?.());
  useEffect(() => {
    if (!mark || !isWanted) return;
    const watcher = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && come(), {
      root: box.current,
      rootMargin: `${nearEnd}px`,
    });
    watcher.observe(mark);
    return () => watcher.disconnect();
  }, [mark, isWanted, box]);
  return setMark;
}
