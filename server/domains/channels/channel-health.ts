import type { ChannelHealth } from "./schemas.ts";
import { mailboxReasons, reasonsForTheAdmin } from "./schemas.ts";

/** What health is read from. */
export interface HealthSigns {
  configured: boolean;
  enabled: boolean;
  setupStep: string;
  lastWebhookAt: Date | null;
  lastOutboundAt: Date | null;
  lastErrorAt: Date | null;
  lastErrorReason: string | null;
  /** Why nothing is sent until the admin acts. */
  sendingBlocked: string | null;
  /** The alert that its traffic stopped against its own rhythm is open. */
  silent: boolean;
}

const day = 86_400_000;
/** An error that nothing contradicted since is shown for a day. */
const errorsCount = day;

/**
 * How a channel is doing. An error counts until something succeeded after it: one that only the admin
 * can mend asks for action however old it is, another one degrades the channel for a day.
 */
export function healthOf(channel: HealthSigns, now: Date): ChannelHealth {
  if (!channel.configured) return "setup";
  if (!channel.enabled) return "paused";
  if (channel.sendingBlocked) return "action_needed";
  const error = unansweredError(channel);
  if (error && reasonsForTheAdmin.has(channel.lastErrorReason ?? "")) return "action_needed";
  if (error && now.getTime() - error.getTime() < errorsCount) return "degraded";
  if (channel.silent) return "silent";
  return channel.lastWebhookAt ? "healthy" : "waiting";
}

/** The last error, unless what failed has worked since: sending for the account, receiving for signatures. */
export function unansweredError(channel: Omit<HealthSigns, "silent">): Date | null {
  const { lastErrorAt, lastErrorReason, lastWebhookAt, lastOutboundAt } = channel;
  if (!lastErrorAt) return null;
  // Whoever reads the mailbox says when it is over.
  if (isOfMailbox(lastErrorReason)) return lastErrorAt;
  const inbound = ["signature_mismatch", "missing_signature", "handler_error"].includes(lastErrorReason ?? "");
  const worked = inbound ? lastWebhookAt : lastOutboundAt;
  return worked && worked > lastErrorAt ? null : lastErrorAt;
}

/** Whether it keeps a mailbox from being read: no mail that is sent speaks against it. */
export function isOfMailbox(reason: string | null): boolean {
  return (mailboxReasons as readonly (string | null)[]).includes(reason);
}
