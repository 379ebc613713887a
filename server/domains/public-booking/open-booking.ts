import type { TenantTx } from "#db/tenant.ts";
import { withTenant } from "#db/tenant.ts";
import type { Ctx } from "#server/core/context.ts";
import { notFound } from "#server/core/errors.ts";
import { listServices } from "#server/domains/scheduling/index.ts";
import type { Service } from "#server/domains/scheduling/schemas.ts";
import type { BookingPage } from "./booking-page.ts";
import { readBookingPage } from "./booking-page.ts";
import { stampForm } from "./form-stamp.ts";
import type { OnlineService, OpenBooking, OpenBookingInput } from "./schemas.ts";
import { openBookingInput } from "./schemas.ts";
import type { Visitor } from "./visitor.ts";
import { enterBusiness } from "./visitor.ts";

/** What a business offers to whoever comes by: one round trip. `not_found` where customers do not book by themselves. */
export async function openBooking(visitor: Visitor, input: OpenBookingInput): Promise<OpenBooking> {
  const ctx = await enterBusiness(visitor, openBookingInput.parse(input).slug);
  const [{ enabled, ...business }, services] = await withTenant(ctx, (tx) =>
    Promise.all([readBookingPage(tx), listServices({ ...ctx, tx })]),
  );
  if (!enabled) throw notFound();
  return { business, services: services.filter(isOnline).map(shownOf), stamp: stampForm(ctx) };
}

/** The page of a business and a service of it, for somebody who wants a time; `not_found` for what is not offered to them. */
export async function requireOnline(
  ctx: Ctx,
  tx: TenantTx,
  serviceId: string,
): Promise<{ page: BookingPage; service: Service }> {
  const [page, services] = await Promise.all([readBookingPage(tx), listServices({ ...ctx, tx })]);
  const service = services.find(({ id }) => id === serviceId);
  if (!page.enabled || !service || !isOnline(service)) throw notFound();
  return { page, service };
}

const isOnline = ({ online, archived, members }: Service) => online && !archived && members.length > 0;

function shownOf(service: Service): OnlineService {
  const { id, name, description, durationMinutes, priceCents, currency, location, minimumNoticeMinutes, members } =
    service;
  return { id, name, description, durationMinutes, priceCents, currency, location, minimumNoticeMinutes, members };
}
