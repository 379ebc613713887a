import type { ReactNode } from "react";

/** What nobody said, in a row of the thread: a day, an event. */
export function Line({ children }: { children: ReactNode }) {
  return <p className="py-2 text-center text-xs text-faint">{children}</p>;
}
