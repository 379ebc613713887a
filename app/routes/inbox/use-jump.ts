import { useLayoutEffect, useState, type RefObject } from "react";
import { useLocation } from "react-router";

import type { ThreadItem } from "./thread-items.ts";

/** A row to go to; another object is another wish. */
export interface Jump {
  key: string;
}

/** Leads to the message that the address names, once for each time it is opened, and wherever else `go` says. */
export function useJump(items: readonly ThreadItem[]) {
  const { search, key: visit } = useLocation();
  const named = new URLSearchParams(search).get("message");
  const isThere = named !== null && items.some(({ key }) => key === named);
  const [jump, go] = useState<Jump | null>(isThere ? { key: named } : null);
  const [went, setWent] = useState(isThere ? visit : null);
  if (isThere && went !== visit) {
    setWent(visit);
    go({ key: named });
  }
  return { named, jump, go };
}

const followed = new WeakSet<Jump>();

/** Whether a wish is still to be followed; afterwards it is not, whoever asks. */
export function takeJump(jump: Jump | null): boolean {
  if (!jump || followed.has(jump)) return false;
  followed.add(jump);
  return true;
}

/** In a thread that stands whole in the page the browser knows where a row is. */
export function usePlainJump(box: RefObject<HTMLElement | null>, jump: Jump | null, isPlain: boolean): void {
  useLayoutEffect(() => {
    if (!jump || !isPlain || !takeJump(jump)) return;
    box.current?.querySelector(`[data-key="${CSS.escape(jump.key)}"]`)?.scrollIntoView({ block: "center" });
  }, [box, jump, isPlain]);
}
