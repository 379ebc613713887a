import { useT } from "#app/i18n/react.tsx";

export type Delivery = "pending" | "sent" | "delivered" | "read" | "failed" | "unknown";

const words = {
  pending: "tickPending",
  sent: "tickSent",
  delivered: "tickDelivered",
  read: "tickRead",
  failed: "tickFailed",
  unknown: "tickUnknown",
} as const;
const shapes = {
  pending: "M8 4.5V8l2 1.5M13 8A5 5 0 1 1 3 8a5 5 0 0 1 10 0Z",
  sent: "M3.5 8.5 6.5 11.5 12.5 5",
  delivered: "M1 8.5 4 11.5 10 5M8 11l.5.5L14.5 5",
  read: "M1 8.5 4 11.5 10 5M8 11l.5.5L14.5 5",
  failed: "M8 5v3.5M8 11v.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
  unknown: "M6.3 6.3a1.8 1.8 0 1 1 2.5 1.7c-.5.2-.8.5-.8 1M8 11.2v.01M14 8A6 6 0 1 1 2 8a6 6 0 0 1 12 0Z",
} as const;

/** How far a message has come: the mark, and its word (for readers only unless `worded`). */
export function Ticks({ status, worded = false }: { status: Delivery; worded?: boolean }) {
  const t = useT("ui");
  const color = status === "failed" ? "text-bad" : status === "read" ? "text-accent" : undefined;
  return (
    <span className={`inline-flex items-center gap-1 ${color ?? ""}`} title={t(words[status])}>
      <span className={worded ? undefined : "sr-only"}>{t(words[status])}</span>
      <svg
        width="15"
        height="15"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        <path d={shapes[status]} />
      </svg>
    </span>
  );
}
