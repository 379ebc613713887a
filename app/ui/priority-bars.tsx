import { useT } from "#app/i18n/react.tsx";

export type Priority = "low" | "medium" | "high" | "urgent";

const bars = { low: 1, medium: 2, high: 3, urgent: 3 } as const;
const words = {
  low: "priorityLow",
  medium: "priorityMedium",
  high: "priorityHigh",
  urgent: "priorityUrgent",
} as const;

/** Three bars and the word; urgent is red as well. */
export function PriorityBars({ priority, bare = false }: { priority: Priority; bare?: boolean }) {
  const t = useT("ui");
  const lit = bars[priority];
  return (
    <span className={`inline-flex items-center gap-1.5 ${priority === "urgent" ? "text-bad" : "text-dim"}`}>
      <svg width="14" height="12" viewBox="0 0 14 12" fill="currentColor" aria-hidden="true">
        <rect x="0" y="7" width="3.5" height="5" rx="1" />
        <rect x="5" y="4" width="3.5" height="8" rx="1" opacity={lit > 1 ? 1 : 0.28} />
        <rect x="10" y="0" width="3.5" height="12" rx="1" opacity={lit > 2 ? 1 : 0.28} />
      </svg>
      <span className={bare ? "sr-only" : "text-fg"}>{t(words[priority])}</span>
    </span>
  );
}
