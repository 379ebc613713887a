import { useEffect } from "react";
import { useFetchers } from "react-router";

import type { ActionResult } from "./act.ts";
import { putBack } from "./draft-store.ts";
import { uploadOf } from "./upload-store.ts";

const scheduled = /^scheduled (\S+) /;
const heard = new WeakSet<object>();

/** Of the fetcher that acts on a reply which has not left. */
export const keyOfScheduled = (conversationId: string, id: string) => `scheduled ${conversationId} ${id}`;

/**
 * Puts words that were taken back where they were written. Heard here and not in the bubble that they stood in: live
 * news may take that away before its answer comes. `files` is where the tenant's files are.
 */
export function useTakenBack(files: string): void {
  const fetchers = useFetchers();
  useEffect(() => {
    for (const { key, data } of fetchers) {
      const conversationId = scheduled.exec(key)?.[1];
      const answer = conversationId ? (data as ActionResult | undefined) : undefined;
      const words = answer?.ok ? answer.takenBack : undefined;
      if (!conversationId || !words || heard.has(words)) continue;
      heard.add(words);
      if (words.text || words.files.length > 0)
        putBack(conversationId, {
          text: words.text,
          note: false,
          files: words.files.map((file) => uploadOf(file, files)),
        });
    }
  }, [fetchers, files]);
}
