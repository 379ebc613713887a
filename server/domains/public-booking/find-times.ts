import { withTenant } from "#db/tenant.ts";
import { freeWeek } from "./free-week.ts";
import { requireOnline } from "./open-booking.ts";
import type { FreeWeek, TimesInput } from "./schemas.ts";
import { timesInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";
import { enterBusiness } from "./visitor.ts";

/** When a service can be booked. `not_found` for one that is not offered online. */
export async function findTimes(visitor: Visitor, input: TimesInput): Promise<FreeWeek> {
  const { slug, ...wanted } = timesInput.parse(input);
  const ctx = await enterBusiness(visitor, slug);
  const { page, service } = await withTenant(ctx, (tx) => requireOnline(ctx, tx, wanted.serviceId));
  return freeWeek(ctx, { ...wanted, timezone: page.timezone, horizonDays: service.horizonDays });
}
