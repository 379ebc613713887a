import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";

import type { Route } from "./+types/new";
import { actOnBooking } from "./act-on-booking.ts";
import { readBooking } from "./booking-address.ts";
import { BusinessTime } from "./business-time.tsx";
import { dayAt } from "./calendar-address.ts";
import { ChooseTime } from "./choose-time.tsx";
import { ConfirmBooking } from "./confirm-booking.tsx";
import { NothingToBook } from "./nothing-to-book.tsx";
import { zoneOfBusiness } from "./zone.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const today = dayAt(Date.now(), timeZone);
  const booking = readBooking(new URL(request.url).searchParams, timeZone, today);
  const services = (await api.scheduling.services.list()).filter(({ archived }) => !archived);
  const service =
    services.find(({ id }) => id === booking.service) ?? (services.length === 1 ? services[0] : undefined);
  // Who was chosen for another service may not offer this one.
  const member = service ? service.members.find(({ userId }) => userId === booking.member)?.userId : booking.member;
  const held = booking.hold !== undefined && booking.at !== undefined && service !== undefined;
  const [free, customer, found] = await Promise.all([
    service && !held
      ? api.scheduling.slots({ serviceId: service.id, userId: member, from: booking.day, days: 7 })
      : null,
    booking.customer ? api.customers.get({ customerId: booking.customer }) : null,
    booking.search && !booking.customer ? api.customers.list({ search: booking.search }) : null,
  ]);
  return {
    booking: { ...booking, service: service?.id, member },
    today,
    services,
    service: service ?? null,
    held,
    slots: (free?.slots ?? []).map((slot) => ({ ...slot, day: dayAt(slot.startsAt.getTime(), timeZone) })),
    customer: customer && { id: customer.customer.id, name: customer.customer.displayName },
    found: found?.rows.slice(0, 8).map(({ id, name, phone, email }) => ({ id, name, phone, email })) ?? null,
  };
}

export async function action({ request, context, params }: Route.ActionArgs) {
  const timeZone = zoneOfBusiness(context.get(pageContext));
  const booking = readBooking(new URL(request.url).searchParams, timeZone, dayAt(Date.now(), timeZone));
  return actOnBooking({
    api: context.get(apiContext),
    form: await request.formData(),
    booking,
    timeZone,
    appointments: `/t/${params.tenant}/appointments`,
  });
}

export type BookingData = Route.ComponentProps["loaderData"];

/** Books an appointment: first a time, which is kept for a few minutes, then whom it is for. Works without JavaScript. */
export default function NewAppointment({ loaderData, actionData }: Route.ComponentProps) {
  const t = useT("appointments");
  const { services, held } = loaderData;
  return (
    <BusinessTime>
      <Page title={t("new")}>
        {services.length === 0 ? (
          <NothingToBook />
        ) : held ? (
          <ConfirmBooking data={loaderData} answer={actionData} />
        ) : (
          <ChooseTime data={loaderData} answer={actionData} />
        )}
      </Page>
    </BusinessTime>
  );
}
