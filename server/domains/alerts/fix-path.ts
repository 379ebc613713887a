import type { AlertKind } from "./schemas.ts";

interface AlertSubject {
  kind: AlertKind;
  channelId: string | null;
  data: Record<string, unknown>;
}

/** Where an admin sees what an alert is about, and mends it: below the tenant's address. */
export function fixPathOf({ kind, channelId, data }: AlertSubject): string {
  switch (kind) {
    case "events_failing":
      return `logs?status=rejected,failed${channelId ? `&channel=${channelId}` : ""}`;
    case "dead_letters":
      return Number(data["events"]) > 0 ? "logs?period=7d&status=failed" : "inbox";
    case "ledger_gap":
      return "logs/ledger";
    case "tickets_late":
      return "tickets?view=breaching";
    default:
      return channelId ? `settings/channels/${channelId}` : "settings/channels";
  }
}
