import type { Caller } from "#server/trpc/root.ts";

import type { ActionResult } from "./act.ts";

type Word = (name: string) => string;

/** What forms ask for that changes where a conversation stands, or what it bears; null for another intent. */
export async function actOnState(
  { conversations }: Pick<Caller, "conversations">,
  conversationId: string,
  word: Word,
): Promise<ActionResult | null> {
  const one = { conversationId };
  const did = word("intent");
  const changed = async (change: Promise<{ eventId: string | null }>) =>
    ({ ok: true, did, undo: (await change).eventId }) as const;
  switch (did) {
    case "resolve":
      return changed(conversations.resolve(one));
    case "reopen":
      return changed(conversations.reopen(one));
    case "archive":
      return changed(conversations.archive({ ...one, archived: word("archived") !== "no" }));
    case "snooze":
      return changed(conversations.snooze({ ...one, until: word("until") }));
    case "spam":
      return changed(conversations.markSpam({ ...one, spam: word("spam") !== "no" }));
    case "undo":
      await conversations.undo({ ...one, eventId: word("eventId") });
      return { ok: true, did };
    case "merge":
      await conversations.merge({ ...one, intoId: word("intoId") });
      return { ok: true, did };
    case "unmerge":
      await conversations.unmerge({ conversationId: word("mergedId") });
      return { ok: true, did };
    case "block":
      await conversations.block(one);
      return { ok: true, did };
    case "unblock":
      await conversations.unblock(one);
      return { ok: true, did };
    case "label":
      await conversations.label({ ...one, labelId: word("labelId"), on: word("on") === "yes" });
      return { ok: true, did };
    default:
      return null;
  }
}
