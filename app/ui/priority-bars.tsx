import { useT } from "#app/i18n/react.tsx";

export type Priority = "low" | "medium" | "high" | "urgent";

const words = {
  low: "priorityLow",
  medium: "priorityMedium",
  high: "priorityHigh",
  urgent: "priorityUrgent",
} as const;

/** Three bars and the word; with `bare` the word is for readers only. Urgent is red as well. */
export function PriorityBars({ priority, bare = false }: { priority: Priority; bare?: boolean }) {
  const word = useT("ui")(words[priority]);
  return (
    <span className={`prio prio-${priority}`} title={bare ? word : undefined}>
      {bare ? <span className="sr-only">{word}</span> : word}
    </span>
  );
}
