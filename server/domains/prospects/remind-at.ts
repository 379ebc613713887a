import type { ProspectStatus } from "#db/schema/prospects.ts";
import { isOpen } from "./onward.ts";

interface Followed {
  status: ProspectStatus;
  ownerId: string | null;
  nextFollowUpAt: Date | null;
}

/** When the owner is to be told that it is time: nobody is told of what is over, or of a time that was past when it was written. */
export function remindAt({ status, ownerId, nextFollowUpAt }: Followed, now: Date): Date | null {
  return ownerId && isOpen(status) && nextFollowUpAt && nextFollowUpAt > now ? nextFollowUpAt : null;
}
