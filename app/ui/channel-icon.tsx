export type ChannelKind = "whatsapp" | "sms" | "phone" | "email" | "instagram";

const shapes: Record<ChannelKind, string> = {
  whatsapp:
    "M2.5 13.5l.8-2.9A5.7 5.7 0 1 1 5.5 12.8ZM6 5.7c-.3 1.9 2.3 4.5 4.3 4.3l.4-1.3-1.5-.7-.7.6C7.7 8.3 7.4 7.7 7 7l.6-.7L7 4.9Z",
  sms: "M2.5 4A1.5 1.5 0 0 1 4 2.5h8A1.5 1.5 0 0 1 13.5 4v5.5A1.5 1.5 0 0 1 12 11H7l-3 2.5V11A1.5 1.5 0 0 1 2.5 9.5ZM5.5 6.8h.01M8 6.8h.01M10.5 6.8h.01",
  phone:
    "M3.2 2.8h2.3l1.2 3-1.5 1.1a8 8 0 0 0 3.9 3.9l1.1-1.5 3 1.2v2.3c0 .5-.4.9-.9.9A10.4 10.4 0 0 1 2.3 3.7c0-.5.4-.9.9-.9Z",
  email: "M2 4.5A1 1 0 0 1 3 3.5h10a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1ZM2.3 4.5 8 8.8l5.7-4.3",
  instagram:
    "M5 2.5h6A2.5 2.5 0 0 1 13.5 5v6a2.5 2.5 0 0 1-2.5 2.5H5A2.5 2.5 0 0 1 2.5 11V5A2.5 2.5 0 0 1 5 2.5ZM10.3 8a2.3 2.3 0 1 1-4.6 0 2.3 2.3 0 0 1 4.6 0ZM11.3 4.7h.01",
};

/** The mark of a channel's kind; its name stands beside it, or is given as `label` where it does not. */
export function ChannelIcon({ kind, label, size = 16 }: { kind: ChannelKind; label?: string; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.25"
      strokeLinecap="round"
      strokeLinejoin="round"
      className="text-faint"
      {...(label ? { role: "img", "aria-label": label } : { "aria-hidden": true })}
    >
      <path d={shapes[kind]} />
    </svg>
  );
}
