import type { CheckLine } from "#server/providers/contract.ts";
import type { ChannelRow } from "./find-channel.ts";
import { mailboxReasons } from "./schemas.ts";

/** Why a channel may have fallen silent; the interface words each one, with the way out. */
export const silenceCauses = [
  "signature_refused",
  "token_expired",
  "credentials_refused",
  "account_restricted",
  "mailbox_failing",
  "webhook_changed",
  "not_subscribed",
  "provider_unreachable",
  "unknown",
] as const;
export type SilenceCause = (typeof silenceCauses)[number];

interface Signs {
  /** When an event was last refused for its signature, lately. */
  rejectedAt: Date | undefined;
  now: Date;
  ask: (channel: ChannelRow) => Promise<CheckLine[]>;
}

/** The likeliest cause: what we know ourselves goes first, then what the provider answers. */
export async function causeOfSilence(channel: ChannelRow, { rejectedAt, now, ask }: Signs): Promise<SilenceCause> {
  if (rejectedAt && (!channel.lastWebhookAt || rejectedAt > channel.lastWebhookAt)) return "signature_refused";
  if (channel.tokenExpiresAt && channel.tokenExpiresAt <= now) return "token_expired";
  if (channel.sendingBlocked === "account_restricted") return "account_restricted";
  if (channel.sendingBlocked) return "credentials_refused";
  if ((mailboxReasons as readonly (string | null)[]).includes(channel.lastErrorReason)) return "mailbox_failing";
  return causeByProvider(await ask(channel).catch(() => []));
}

/** What failed, by the line of the checklist that says so. */
const causeByLine: Readonly<Record<string, SilenceCause>> = {
  account_not_active: "account_restricted",
  token_rejected: "credentials_refused",
  credentials_refused: "credentials_refused",
  webhook_missing: "webhook_changed",
  webhook_differs: "webhook_changed",
  webhook_not_post: "webhook_changed",
  app_not_subscribed: "not_subscribed",
  events_missing: "not_subscribed",
};

function causeByProvider(lines: readonly CheckLine[]): SilenceCause {
  const failed = lines.filter(({ result }) => result === "fail");
  for (const [reason, cause] of Object.entries(causeByLine)) {
    if (failed.some((line) => line.reason === reason)) return cause;
  }
  if (failed.some(({ check }) => check === "credential")) return "credentials_refused";
  const away = lines.length > 0 && lines.every(({ reason }) => reason === "provider_unreachable");
  return away ? "provider_unreachable" : "unknown";
}
