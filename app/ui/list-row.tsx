import type { ReactNode } from "react";

import { cx } from "./classes.ts";

interface ListRowProps {
  /** What may be done with it, at its end. */
  actions: ReactNode;
  /** What it is takes a phone's whole width. */
  wide?: boolean;
  children: ReactNode;
}

/** A line of a list that one keeps: what it is, and what may be done with it. */
export function ListRow({ actions, wide = false, children }: ListRowProps) {
  return (
    <li data-row="" className="row flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line py-2">
      <div className={cx("flex min-w-40 flex-1 flex-wrap items-center gap-x-3 gap-y-1", wide && "max-sm:basis-full")}>
        {children}
      </div>
      {actions}
    </li>
  );
}
