import type { Alert } from "#server/domains/alerts/index.ts";
import type { ChannelRow } from "./find-channel.ts";
import { healthOf, unansweredError } from "./channel-health.ts";
import type { ChannelHealth } from "./schemas.ts";

/** A channel as everybody who works in the tenant may see it: no secret, no address of a webhook. */
export interface ChannelSummary {
  id: string;
  channelType: ChannelRow["channelType"];
  provider: string;
  name: string;
  /** The number or handle that customers write to. */
  address: string | null;
  enabled: boolean;
  configured: boolean;
  setupStep: string;
  simulated: boolean;
  observeMode: boolean;
  autoTicketRule: ChannelRow["autoTicketRule"];
  health: ChannelHealth;
  lastWebhookAt: Date | null;
  lastOutboundAt: Date | null;
  /** The error that nothing has contradicted since; `reason` is worded by the interface. */
  lastError: { at: Date; reason: string; detail: string | null } | null;
  /** Why nothing is sent until the admin acts; null while it sends. */
  sendingBlocked: string | null;
  /** When the provider's token stops working; null where it does not end. */
  tokenExpiresAt: Date | null;
  /** What is open about it, as the interface words it. */
  alerts: Pick<Alert, "kind" | "severity" | "data" | "openedAt">[];
}

export function summaryOf(row: ChannelRow, now: Date, open: readonly Alert[]): ChannelSummary {
  const alerts = open.filter((alert) => alert.channelId === row.id);
  const { id, channelType, provider, name, enabled, configured, setupStep, simulated, observeMode, autoTicketRule } =
    row;
  const errorAt = unansweredError(row);
  return {
    id,
    channelType,
    provider,
    name,
    enabled,
    configured,
    setupStep,
    simulated,
    observeMode,
    autoTicketRule,
    address: row.displayPhoneNumber,
    health: healthOf({ ...row, silent: alerts.some((alert) => alert.kind === "channel_silent") }, now),
    lastWebhookAt: row.lastWebhookAt,
    lastOutboundAt: row.lastOutboundAt,
    lastError: errorAt
      ? { at: errorAt, reason: row.lastErrorReason ?? "handler_error", detail: row.lastErrorDetail }
      : null,
    sendingBlocked: row.sendingBlocked,
    tokenExpiresAt: row.tokenExpiresAt,
    alerts: alerts.map(({ kind, severity, data, openedAt }) => ({ kind, severity, data, openedAt })),
  };
}

/** A refused signature is an error like those that are written down, when it is newer than they are. */
export function withRejection(row: ChannelRow, refusedAt: Date | undefined): ChannelRow {
  if (!refusedAt || (row.lastErrorAt && row.lastErrorAt > refusedAt)) return row;
  return { ...row, lastErrorAt: refusedAt, lastErrorReason: "signature_mismatch", lastErrorDetail: null };
}
