import type { ReactNode } from "react";

import type { Tone } from "./tone.ts";

/** A dot and its word; with `quiet` the word is for readers only. */
export function StatusDot({ tone, children, quiet = false }: { tone: Tone; children: ReactNode; quiet?: boolean }) {
  return (
    <span className={`tone-${tone} inline-flex items-center gap-1.5`}>
      <span className="dot text-(--tone)" aria-hidden />
      <span className={quiet ? "sr-only" : undefined}>{children}</span>
    </span>
  );
}
