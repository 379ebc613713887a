import { CalendarClock } from "lucide-react";

import { apiContext, pageContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { countedViews } from "#app/shell/counted-views.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { SavedViews } from "#app/shell/saved-views.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { ChipLink } from "#app/ui/chip.tsx";
import { DownloadLink } from "#app/ui/download-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { ListRange } from "#app/ui/list-range.tsx";
import { Pagination } from "#app/ui/pagination.tsx";

import type { Route } from "./+types/list";
import { AppointmentTable } from "./appointment-table.tsx";
import { AppointmentTabs } from "./appointment-tabs.tsx";
import { BusinessTime } from "./business-time.tsx";
import { isNarrowed, listAddress, noFilter, periods, readListing, type Listing } from "./list-address.ts";
import { filterOf } from "./list-filter.ts";
import { ListFilters } from "./list-filters.tsx";
import { NewAppointment } from "./new-appointment.tsx";
import { useCalendarFormat } from "./use-calendar-format.ts";
import { zoneOfBusiness } from "./zone.ts";

const perPage = 50;

export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { appointments, customers, members, scheduling } = api;
  const asked = (params: URLSearchParams) =>
    filterOf(readListing(params), Date.now(), zoneOfBusiness(context.get(pageContext)));
  const { searchParams } = new URL(request.url);
  const listing = readListing(searchParams);
  const filter = asked(searchParams);
  const { after, before, customer } = listing;
  const [page, views, people, services, chosen] = await Promise.all([
    appointments.list({ ...filter, after, before }),
    countedViews(api, { area: "appointments", filterOf: asked, counts: appointments.counts }),
    members.list(),
    scheduling.services.list(),
    customer ? customers.get({ customerId: customer }) : null,
  ]);
  return {
    listing,
    page,
    views,
    members: people.filter(({ status }) => status === "active").map(({ userId, name }) => ({ userId, name })),
    services: services.map(({ id, name }) => ({ id, name })),
    customerName: chosen?.customer.displayName ?? null,
  };
}

/** Appointments one below the other: what is next, what was, and whatever one looks for. */
export default function AppointmentList({ loaderData }: Route.ComponentProps) {
  const t = useT("appointments");
  const to = useTenantPath();
  const { zone } = useCalendarFormat();
  const { listing, page, views } = loaderData;
  useLive(["appointments", "views"]);
  return (
    <BusinessTime>
      <Page
        title={t("title")}
        actions={<NewAppointment />}
        header={<AppointmentTabs on="list" address={(view) => to(`appointments?view=${view}`)} />}
      >
        <SavedViews
          area="appointments"
          views={views}
          builtIn={[]}
          known={periods.map((period) => listAddress(readListing(new URLSearchParams({ period }))))}
          query={listAddress(listing, { saved: undefined })}
          viewId={listing.saved}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2.5 max-sm:px-4">
          <nav aria-label={t("period")} className="flex flex-wrap gap-1.5">
            {periods.map((period) => (
              <ChipLink
                key={period}
                to={listAddress(listing, { period, from: undefined, until: undefined })}
                on={period === listing.period && !listing.from && !listing.until}
              >
                {t(`period.${period}`)}
              </ChipLink>
            ))}
          </nav>
          <p className="text-xs text-faint">{t("zone", { zone: zone(page.rows[0]?.startsAt ?? 0) })}</p>
          <DownloadLink href={to(`appointments/export${listAddress(listing)}`)}>{t("export")}</DownloadLink>
        </div>
        <ListFilters {...loaderData} />
        {page.rows.length > 0 ? <AppointmentTable rows={page.rows} /> : <Nothing listing={listing} />}
        {page.rows.length > 0 ? (
          <Pagination
            previous={page.previous && listAddress(listing, { before: page.previous, at: listing.at - perPage })}
            next={page.next && listAddress(listing, { after: page.next, at: listing.at + perPage })}
          >
            <ListRange from={listing.at} shown={page.rows.length} total={page.total} />
          </Pagination>
        ) : null}
      </Page>
    </BusinessTime>
  );
}

function Nothing({ listing }: { listing: Listing }) {
  const t = useT("appointments");
  const to = useTenantPath();
  const mayBook = useCan("appointments.write");
  const narrowed = isNarrowed(listing);
  return (
    <EmptyState
      icon={<CalendarClock size={18} aria-hidden />}
      title={narrowed ? t("noMatch") : t(`empty.${listing.period}`)}
      action={
        narrowed ? (
          <LinkButton to={listAddress(listing, noFilter)}>{t("clear")}</LinkButton>
        ) : mayBook ? (
          <LinkButton to={to("appointments/new")} variant="primary">
            {t("new")}
          </LinkButton>
        ) : null
      }
    >
      {narrowed ? t("noMatchBody") : t("emptyBody")}
    </EmptyState>
  );
}
