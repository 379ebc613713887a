import type { ReactNode } from "react";

import type { Tone } from "./tone.ts";

interface BadgeProps {
  tone?: Tone;
  /** Replaces the dot. */
  icon?: ReactNode;
  /** The word that says what the colour means. */
  children: ReactNode;
  title?: string;
}

export function Badge({ tone = "neutral", icon, children, title }: BadgeProps) {
  return (
    <span className={`badge tone-${tone}${icon === undefined ? " badge-dot" : ""}`} title={title}>
      {icon}
      {children}
    </span>
  );
}
