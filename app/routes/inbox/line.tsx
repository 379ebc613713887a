import type { ReactNode } from "react";

/** A line of the thread that nobody said: a day, an event. */
export function Line({ children }: { children: ReactNode }) {
  return <li className="py-2 text-center text-xs text-faint">{children}</li>;
}
