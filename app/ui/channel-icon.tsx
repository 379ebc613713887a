export type ChannelKind = "whatsapp" | "sms" | "phone" | "email" | "instagram";

/** The mark of a channel's kind; its name stands beside it, or is given as `label` where it does not. */
export function ChannelIcon({ kind, label }: { kind: ChannelKind; label?: string }) {
  if (!label) return <i className={`ico ico-${kind}`} aria-hidden />;
  return <i className={`ico ico-${kind}`} role="img" aria-label={label} title={label} />;
}
