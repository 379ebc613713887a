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

/** How far a message has come: the mark, and its word (for readers only unless `worded`). */
export function Ticks({ status, worded = false }: { status: Delivery; worded?: boolean }) {
  const word = useT("ui")(words[status]);
  return (
    <span className={status === "failed" ? "text-bad" : undefined} title={worded ? undefined : word}>
      <span className={worded ? undefined : "sr-only"}>{word} </span>
      <i className={`ico ico-${status}`} aria-hidden />
    </span>
  );
}
