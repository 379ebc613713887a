import type { Reach } from "#server/domains/conversations/index.ts";

/** Why nothing could be written to a customer; `no_way`: they have no address on any channel of the business. */
export type Unreached = "opted_out" | "window_closed" | "no_way" | "channel_unavailable" | "too_long";

/** What decides by which channel a customer is written to. */
export interface Preference {
  /** A kind of channel; null: they never said. */
  preferred: string | null;
  /** The channel on which what it is about was agreed. */
  agreedOn: string | null;
}

/** A channel to try, and how; or why none is left. */
export type Chosen = { reach: Reach; by: "free" | "template" } | { reason: Unreached };

const usual = ["whatsapp", "sms", "email", "instagram"];

/**
 * The ways to write to a customer, best first: as they prefer, where it was agreed, then where free text may be written; each
 * kind of channel in the usual order. Every one that may not be used says why.
 */
export function rankReaches(reaches: readonly Reach[], { preferred, agreedOn }: Preference): Chosen[] {
  const rank = (reach: Reach) => {
    const { channelType, channelId } = reach;
    const wish = channelType === preferred ? 0 : channelId === agreedOn ? 1 : 2;
    const costs = "by" in asChosen(reach) && reach.reply.refusal === null ? 0 : 1;
    return wish * 100 + costs * 10 + usual.indexOf(channelType);
  };
  return reaches
    .filter(({ channelType }) => usual.includes(channelType))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(asChosen);
}

function asChosen(reach: Reach): Chosen {
  const { refusal, waits, way } = reach.reply;
  // What waits for an admin would come days later, out of the blue.
  if (waits !== null) return { reason: "channel_unavailable" };
  if (refusal === "opted_out") return { reason: "opted_out" };
  if (refusal === "window_closed") return { reach, by: "template" };
  return refusal === null && way === "free" ? { reach, by: "free" } : { reason: "channel_unavailable" };
}
