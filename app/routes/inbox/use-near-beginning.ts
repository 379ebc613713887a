import { useEffect, useEffectEvent, type RefObject } from "react";

/** Distance from the beginning of what is there, in pixels, at which more is fetched. */
const near = 300;

/** Calls back when one scrolls near the beginning of a box that is laid out from its end. Null: nothing more is wanted. */
export function useNearBeginning(box: RefObject<HTMLElement | null>, come: (() => void) | null): void {
  const isWanted = come !== null;
  const tell = useEffectEvent(() => come?.());
  useEffect(() => {
    const element = box.current;
    if (!element || !isWanted) return;
    const hear = () => {
      const before = element.scrollHeight + element.scrollTop - element.clientHeight;
      if (before < near) tell();
    };
    element.addEventListener("scroll", hear, { passive: true });
    return () => element.removeEventListener("scroll", hear);
  }, [box, isWanted]);
}
