import type { SentMessage } from "./fake-graph.ts";

const day = 86_400_000;
/** Codes of Meta: outside the window, and a comment that was answered already or is none. */
const outside = 2534022;
const notAllowed = 100;
const most = 10_000;

/**
 * What Instagram allows the business to say to whom: freely for a day after a direct message, with the
 * tag for seven, and one private answer to a comment. Somebody who was never heard of may be written to:
 * the stand-in forgets when it stops, the business does not.
 */
export function createFakeWindows(now: () => Date) {
  const lastWrote = new Map<string, number>();
  const comments = new Map<string, { customerId: string; at: number; answered: boolean }>();
  const keyOf = (accountId: string, customerId: string) => `${accountId} ${customerId}`;

  function wrote(accountId: string, customerId: string, at: Date, commentId: string | null): void {
    if (commentId !== null) {
      comments.set(commentId, { customerId, at: at.getTime(), answered: false });
      // A person who only ever commented cannot be written to directly.
      const key = keyOf(accountId, customerId);
      if (!lastWrote.has(key)) lastWrote.set(key, 0);
    } else {
      const key = keyOf(accountId, customerId);
      lastWrote.set(key, Math.max(lastWrote.get(key) ?? 0, at.getTime()));
    }
    if (lastWrote.size + comments.size > most) {
      lastWrote.clear();
      comments.clear();
    }
  }

  function check(
    accountId: string,
    to: SentMessage["to"],
    humanAgent: boolean,
  ): { customerId: string } | { refused: number } {
    if ("commentId" in to) {
      const comment = comments.get(to.commentId);
      if (!comment || comment.answered || now().getTime() - comment.at > 7 * day) return { refused: notAllowed };
      comment.answered = true;
      return { customerId: comment.customerId };
    }
    const last = lastWrote.get(keyOf(accountId, to.customerId));
    const since = last === undefined ? 0 : now().getTime() - last;
    return since > (humanAgent ? 7 : 1) * day ? { refused: outside } : { customerId: to.customerId };
  }

  return { wrote, check };
}
