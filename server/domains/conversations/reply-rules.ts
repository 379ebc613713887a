import type { FileRules } from "#server/core/file-rules.ts";
import { fileRulesOf } from "#server/core/file-rules.ts";
import type { ChannelRules } from "#server/core/channel-rules.ts";
import { rulesOf } from "#server/core/channel-rules.ts";
import { DomainError } from "#server/core/errors.ts";

/** What decides whether a person may be written to freely. */
export interface Replyable {
  provider: string;
  channelType: string;
  enabled: boolean;
  configured: boolean;
  /** Why the channel sends nothing until the admin acts; what is written waits. */
  sendingBlocked: string | null;
  /** When the customer last wrote on this conversation, public comments left out. */
  lastInboundAt: Date | null;
  /** When the provider itself said, after that, that its window is closed. */
  windowRefusedAt: Date | null;
  /** Their newest public comment that nobody has answered in private. */
  openComment: OpenComment | null;
  /** The customer allows this channel; null when they never said. */
  allowed: boolean | null;
}

export interface OpenComment {
  /** The provider's id of it. */
  id: string;
  at: Date;
}

/** How a text leaves: freely, outside the window as a person's own answer, or as the one private answer to a comment. */
export type ReplyWay = "free" | "human_agent" | "private_reply";

/**
 * `calls_only`: the channel is a telephone line, which nobody writes to. `only_assignee`: it may be sent, by the one
 * whom the conversation is assigned to.
 */
export type ReplyRefusal =
  | "calls_only"
  | "only_assignee"
  | "channel_paused"
  | "not_configured"
  | "opted_out"
  | "window_closed";

const refusalCodes = {
  window_closed: "window_closed",
  channel_paused: "channel_paused",
  not_configured: "not_configured",
  calls_only: "conflict",
  only_assignee: "conflict",
  opted_out: "conflict",
} as const;

/** What a caller hears who writes all the same. */
export function replyRefused(refusal: ReplyRefusal): DomainError {
  return new DomainError(refusalCodes[refusal], refusal);
}

export interface ReplyState {
  /** Why nothing can be sent now; null when it can. */
  refusal: ReplyRefusal | null;
  /** When the reply window closes, or closed; null on a channel without one. */
  windowEndsAt: Date | null;
  /** How the next text leaves; null when it may not. */
  way: ReplyWay | null;
  /** Until when it may leave like this; null without end. */
  wayEndsAt: Date | null;
  /** The comment that is answered by it. */
  commentId: string | null;
  maxTextLength: number;
  /** Bytes of UTF-8, where the provider counts those. */
  maxTextBytes: number | null;
  /** What files may go along; null: none. */
  files: FileRules | null;
  /** Reactions that may be given now. */
  reactions: readonly string[];
  /** Why what is written now waits instead of leaving; null when it leaves at once. */
  waits: string | null;
}

/**
 * Whether text may be sent to this person now, how, and until when. `by`: what only people may do, no
 * program does. `answered`: the comment that is answered on purpose, when the window is open too.
 */
export function replyStateOf(
  to: Replyable,
  now: Date,
  { by = "member", answered = null }: { by?: "member" | "program"; answered?: string | null } = {},
): ReplyState {
  const rules = rulesOf(to.provider, to.channelType);
  const windowEndsAt = earlier(windowEnd(to.lastInboundAt, rules?.replyWindowMs ?? null), to.windowRefusedAt);
  const refusal = refusalNow();
  const passage = refusal || !rules ? null : (passages(rules).find(({ endsAt }) => !endsAt || endsAt > now) ?? null);
  return {
    refusal: refusal ?? (passage ? null : "window_closed"),
    windowEndsAt,
    way: passage?.way ?? null,
    wayEndsAt: passage?.endsAt ?? null,
    commentId: passage?.way === "private_reply" ? (to.openComment?.id ?? null) : null,
    maxTextLength: rules?.maxTextLength ?? 0,
    maxTextBytes: rules?.maxTextBytes ?? null,
    files: rules ? fileRulesOf(to.provider, to.channelType) : null,
    reactions: (passage?.way === "free" && rules?.reactions) || [],
    waits: to.sendingBlocked,
  };

  function refusalNow(): ReplyRefusal | null {
    if (!rules) return "calls_only";
    if (!to.configured) return "not_configured";
    if (!to.enabled) return "channel_paused";
    return to.allowed === false ? "opted_out" : null;
  }

  /** Every way there is, best first, whether it is still open or not. */
  function passages(of: ChannelRules): { way: ReplyWay; endsAt: Date | null }[] {
    const free = { way: "free" as const, endsAt: windowEndsAt };
    const { openComment } = to;
    const inPrivate =
      openComment && of.privateReplyWindowMs !== undefined
        ? [{ way: "private_reply" as const, endsAt: windowEnd(openComment.at, of.privateReplyWindowMs) }]
        : [];
    const asPerson =
      by === "member" && of.humanAgentWindowMs !== undefined
        ? [{ way: "human_agent" as const, endsAt: windowEnd(to.lastInboundAt, of.humanAgentWindowMs) }]
        : [];
    const chosen = openComment !== null && answered === openComment.id;
    return chosen ? [...inPrivate, free, ...asPerson] : [free, ...inPrivate, ...asPerson];
  }
}

/** An approved message may leave outside the window, and for no other reason. */
export function refusalOfTemplate({ refusal }: ReplyState): ReplyRefusal | null {
  return refusal === "window_closed" ? null : refusal;
}

/** Whether a text is longer than the channel takes, in its characters or in its bytes. */
export function isTooLong(text: string, { maxTextLength, maxTextBytes }: ReplyState): boolean {
  if (text.length > maxTextLength) return true;
  return maxTextBytes !== null && Buffer.byteLength(text) > maxTextBytes;
}

function earlier(end: Date | null, refusedAt: Date | null): Date | null {
  return end && refusedAt && refusedAt < end ? refusedAt : end;
}

/** A customer who never wrote has a window that closed at the beginning of time. */
export function windowEnd(lastInboundAt: Date | null, windowMs: number | null): Date | null {
  return windowMs === null ? null : new Date((lastInboundAt?.getTime() ?? 0) + windowMs);
}
