import type { ReactNode } from "react";

import { cx } from "#app/ui/classes.ts";

interface StepProps {
  state: "ok" | "bad" | "wait" | "none";
  children: ReactNode;
  beside?: ReactNode;
}

const colours = { ok: "bg-ok", bad: "bg-bad", wait: "bg-warn", none: "bg-neutral" } as const;

/** One step of a path: how it went, what it was, and when. */
export function Step({ state, children, beside }: StepProps) {
  return (
    <li className="flex items-baseline gap-3">
      <span aria-hidden className={cx("relative -top-px size-1.75 shrink-0 rounded-full", colours[state])} />
      <span className="min-w-0 flex-1 break-words">{children}</span>
      {beside ? <span className="text-faint">{beside}</span> : null}
    </li>
  );
}
