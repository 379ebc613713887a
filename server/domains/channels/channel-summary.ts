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
}

export function summaryOf(row: ChannelRow, now: Date): ChannelSummary {
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
    health: healthOf(row, now),
    lastWebhookAt: row.lastWebhookAt,
    lastOutboundAt: row.lastOutboundAt,
    lastError: errorAt
      ? { at: errorAt, reason: row.lastErrorReason ?? "handler_error", detail: row.lastErrorDetail }
      : null,
  };
}

/** A refused signature is an error like those that are written down, when it is newer than they are. */
export function withRejection(row: ChannelRow, refusedAt: Date | undefined): ChannelRow {
  if (!refusedAt || (row.lastErrorAt && row.lastErrorAt > refusedAt)) return row;
  return { ...row, lastErrorAt: refusedAt, lastErrorReason: "signature_mismatch", lastErrorDetail: null };
}
