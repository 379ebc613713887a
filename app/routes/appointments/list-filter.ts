import { boundsOf, dayAt } from "./calendar-address.ts";
import type { Listing } from "./list-address.ts";

/** Which appointments a list means and in which order, as the procedures ask for it; its days are those of the zone. */
export function filterOf(listing: Listing, now: number, timeZone: string) {
  const { status, member, service, customer } = listing;
  return {
    ...spanOf(listing, now, timeZone),
    ...(status.length ? { status } : {}),
    userId: member,
    serviceId: service,
    customerId: customer,
    direction: directionOf(listing),
  };
}

/** What is to come begins with what is next, what was with what was last. */
function directionOf({ period, from, until }: Listing): "asc" | "desc" {
  if (from ?? until) return "asc";
  return period === "past" || period === "all" ? "desc" : "asc";
}

function spanOf({ period, from, until }: Listing, now: number, timeZone: string): { from?: Date; until?: Date } {
  if (from ?? until) {
    return {
      ...(from ? { from: boundsOf([from], timeZone).from } : {}),
      ...(until ? { until: boundsOf([until], timeZone).until } : {}),
    };
  }
  const today = boundsOf([dayAt(now, timeZone)], timeZone);
  if (period === "today") return today;
  // What began today is still to come until the day is over: the counter looks at its whole day.
  if (period === "upcoming") return { from: today.from };
  if (period === "past") return { until: new Date(now) };
  return {};
}
