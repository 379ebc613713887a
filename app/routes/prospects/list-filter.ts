import { boundsOf, dayAt } from "../appointments/calendar-address.ts";
import type { Listing } from "./list-address.ts";
import { openStatuses } from "./prospect-words.ts";

const weekMs = 7 * 86_400_000;

/** Which prospects a list means and in which order, as the procedures ask for it; its days are those of the zone. */
export function filterOf(listing: Listing, now: number, timeZone: string) {
  const { due, status, owner, source, minScore, stage, customer, since, sort } = listing;
  const open = due === "open" && status.length === 0 ? [...openStatuses] : status;
  return {
    sort,
    ...(open.length ? { status: open } : {}),
    ...(owner ? { ownerId: owner === "none" ? null : owner } : {}),
    source,
    minScore,
    stage,
    customerId: customer,
    dueBefore: dueBefore(due, now, timeZone),
    from: since ? boundsOf([since], timeZone).from : undefined,
  };
}

/** Late is what is past; today and the week end with their last day. */
function dueBefore(due: Listing["due"], now: number, timeZone: string): Date | undefined {
  if (due === "late") return new Date(now);
  if (due === "today") return boundsOf([dayAt(now, timeZone)], timeZone).until;
  if (due === "week") return boundsOf([dayAt(now + weekMs, timeZone)], timeZone).until;
  return undefined;
}
