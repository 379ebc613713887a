import type { Ctx } from "#server/core/context.ts";
import type { ChannelErrorReason } from "#server/domains/channels/index.ts";
import {
  channelErrorReasons,
  mailboxReasons,
  recordChannelHealth,
  recordChannelRecovery,
} from "#server/domains/channels/index.ts";

/** A refused login says which login: sending has one of its own. */
const ofReading: Readonly<Record<string, ChannelErrorReason>> = { credentials_refused: "mailbox_login_refused" };

/** Tells the channel's admin why its mailbox cannot be read. */
export async function noteProblem(ctx: Ctx, channelId: string, code: string, detail: string): Promise<void> {
  const known = channelErrorReasons.find((reason) => reason === (ofReading[code] ?? code));
  await recordChannelHealth(ctx, { channelId, error: { reason: known ?? "provider_unreachable", detail } });
}

/** The mailbox is read again: what kept us from it is over. */
export async function noteWorks(ctx: Ctx, channelId: string): Promise<void> {
  await recordChannelRecovery(ctx, { channelId, reasons: [...mailboxReasons, "provider_unreachable", "rate_limited"] });
}
