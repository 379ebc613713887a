import type { ReactNode } from "react";

import type { Tone } from "./tone.ts";

interface StatusDotProps {
  tone: Tone;
  /** The word that says what the colour means. */
  children: ReactNode;
  /** Only the dot; the word is for readers. */
  quiet?: boolean;
}

export function StatusDot({ tone, children, quiet = false }: StatusDotProps) {
  return (
    <span className={`status tone-${tone}`}>{quiet ? <span className="sr-only">{children}</span> : children}</span>
  );
}
