import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import type { BookingPage } from "./booking-page.ts";
import { readBookingPage } from "./booking-page.ts";
import { listServices } from "#server/domains/scheduling/index.ts";

export interface BookingSettings extends BookingPage {
  /** Services that customers would find there, and those that nobody offers. */
  offered: string[];
  withoutMembers: string[];
}

/** The page of a business as its members set it up. */
export async function getBookingSettings(ctx: Ctx): Promise<BookingSettings> {
  const [page, services] = await withTenant(ctx, (tx) =>
    Promise.all([readBookingPage(tx), listServices({ ...ctx, tx })]),
  );
  const online = services.filter(({ online, archived }) => online && !archived);
  const named = (offered: boolean) =>
    online.filter(({ members }) => members.length > 0 === offered).map(({ name }) => name);
  return { ...page, offered: named(true), withoutMembers: named(false) };
}
