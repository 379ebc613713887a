import type { ReactNode } from "react";

interface TooltipProps {
  text: string;
  side?: "top" | "bottom" | "end";
  children: ReactNode;
}

/** A short explanation on hover and focus, also read aloud. Icon buttons have their own. */
export function Tooltip({ text, side, children }: TooltipProps) {
  return (
    <span tabIndex={0} data-tip={text} data-tip-side={side} className="rounded-sm">
      {children}
      <span className="sr-only"> ({text})</span>
    </span>
  );
}
