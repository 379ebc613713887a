import type { Segment } from "./hit.ts";

/** A text with what was looked for marked. */
export function MarkedText({ text }: { text: readonly Segment[] }) {
  return text.map((part, at) =>
    part.hit ? (
      <mark key={at} className="rounded-xs bg-active font-semibold text-fg">
        {part.text}
      </mark>
    ) : (
      part.text
    ),
  );
}
