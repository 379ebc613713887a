import type { BusinessHours } from "#db/schema/channels.ts";
import { addBusinessTime } from "#server/domains/channels/index.ts";

/** When people are offered times, and how long they have. */
export interface OfferRules {
  zone: string;
  minutes: number;
  /** The hours of the business; null: it named none. */
  business: BusinessHours | null;
}

/** Until when an offered time is kept: so many minutes in which the business is open, and never beyond its beginning. */
export function offerEnd({ zone, minutes, business }: OfferRules, now: Date, startsAt: Date): Date {
  const milliseconds = minutes * 60_000;
  const end = business ? addBusinessTime(business, zone, now, milliseconds) : null;
  return new Date(Math.min((end ?? new Date(now.getTime() + milliseconds)).getTime(), startsAt.getTime()));
}
