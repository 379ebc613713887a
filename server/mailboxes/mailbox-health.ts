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

/** Used room beyond which a mailbox is as good as full: the next large mail is turned away. */
const nearlyFull = 0.95;

/** Warns while there is still room for a few mails; says so too when there is room again. */
export async function noteFullness(ctx: Ctx, channelId: string, used: number | null): Promise<void> {
  if (used !== null && used >= nearlyFull)
    await noteProblem(ctx, channelId, "mailbox_full", `${Math.round(used * 100)} %`);
  else await recordChannelRecovery(ctx, { channelId, reasons: ["mailbox_full"] });
}
