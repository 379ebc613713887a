import { rulesOf } from "#server/core/channel-rules.ts";

/** What decides whether a person may be written to freely. */
export interface Replyable {
  provider: string;
  enabled: boolean;
  configured: boolean;
  /** Why the channel sends nothing until the admin acts; what is written waits. */
  sendingBlocked: string | null;
  /** When the customer last wrote on this conversation. */
  lastInboundAt: Date | null;
  /** The customer allows this channel; null when they never said. */
  allowed: boolean | null;
}

export type ReplyRefusal = "channel_paused" | "not_configured" | "opted_out" | "window_closed";

export interface ReplyState {
  /** Why nothing can be sent now; null when it can. */
  refusal: ReplyRefusal | null;
  /** When the reply window closes, or closed; null on a channel without one. */
  windowEndsAt: Date | null;
  maxTextLength: number;
  /** Why what is written now waits instead of leaving; null when it leaves at once. */
  waits: string | null;
}

/** Whether free text may be sent to this person now, and until when. */
export function replyStateOf(to: Replyable, now: Date): ReplyState {
  const rules = rulesOf(to.provider);
  const windowEndsAt = windowEnd(to.lastInboundAt, rules?.replyWindowMs ?? null);
  return { refusal: refusal(), windowEndsAt, maxTextLength: rules?.maxTextLength ?? 0, waits: to.sendingBlocked };

  function refusal(): ReplyRefusal | null {
    if (!rules || !to.configured) return "not_configured";
    if (!to.enabled) return "channel_paused";
    if (to.allowed === false) return "opted_out";
    return windowEndsAt && windowEndsAt <= now ? "window_closed" : null;
  }
}

/** A customer who never wrote has a window that closed at the beginning of time. */
export function windowEnd(lastInboundAt: Date | null, windowMs: number | null): Date | null {
  return windowMs === null ? null : new Date((lastInboundAt?.getTime() ?? 0) + windowMs);
}
