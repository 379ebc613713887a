import type { ReplyRefusal, ReplyState } from "./reply-rules.ts";

/** A conversation by which a customer may be answered. */
export interface Way {
  conversationId: string;
  reply: Pick<ReplyState, "refusal" | "waits">;
  /** When the customer last wrote by it. */
  lastInboundAt: Date | null;
  lastMessageAt: Date;
}

/** Why a way is not taken by itself: what refuses the reply, or `waits`: what is written would wait for an admin. */
export type WayHindrance = ReplyRefusal | "waits";

/** What stands against a way; null where a reply leaves by it at once. */
export function hindranceOf({ reply }: Way): WayHindrance | null {
  return reply.refusal ?? (reply.waits === null ? null : "waits");
}

/**
 * The way to answer a customer by: of those that are free, the one they wrote by last; else, of those on which only the
 * reply window is closed, again the one they wrote by last, for a template. Null where there is neither. Never one that
 * the customer does not want, whose channel is paused, not set up or out of order, or that is another member's to answer.
 */
export function chooseWay<W extends Way>(ways: readonly W[]): W | null {
  const latestFirst = ways.toSorted(byLastWord);
  const open = latestFirst.find((way) => hindranceOf(way) === null);
  return open ?? latestFirst.find((way) => hindranceOf(way) === "window_closed" && way.reply.waits === null) ?? null;
}

/** Those the customer wrote by come first, the latest before; then those by which only we wrote. */
export function byLastWord(a: Way, b: Way): number {
  const heard = (b.lastInboundAt?.getTime() ?? 0) - (a.lastInboundAt?.getTime() ?? 0);
  return heard || b.lastMessageAt.getTime() - a.lastMessageAt.getTime();
}
