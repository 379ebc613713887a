import { Target } from "lucide-react";

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

import { BusinessTime } from "../appointments/business-time.tsx";
import { zoneOfBusiness } from "../appointments/zone.ts";
import type { Route } from "./+types/list";
import { dues, isNarrowed, listAddress, noFilter, readListing, type Listing } from "./list-address.ts";
import { filterOf } from "./list-filter.ts";
import { ListFilters } from "./list-filters.tsx";
import { NewProspectLink } from "./new-prospect-link.tsx";
import { ProspectTable } from "./prospect-table.tsx";
import { ProspectTabs } from "./prospect-tabs.tsx";

const perPage = 50;

export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { prospects, customers, members } = api;
  const asked = (params: URLSearchParams) =>
    filterOf(readListing(params), Date.now(), zoneOfBusiness(context.get(pageContext)));
  const { searchParams } = new URL(request.url);
  const listing = readListing(searchParams);
  const filter = asked(searchParams);
  const { after, before, customer } = listing;
  const [page, views, people, chosen] = await Promise.all([
    prospects.list({ ...filter, after, before }),
    countedViews(api, { area: "prospects", filterOf: asked, counts: prospects.counts }),
    members.list(),
    customer ? customers.get({ customerId: customer }) : null,
  ]);
  return {
    listing,
    page,
    views,
    from: filter.from ?? null,
    members: people.filter(({ status }) => status === "active").map(({ userId, name }) => ({ userId, name })),
    customerName: chosen?.customer.displayName ?? null,
  };
}

/** Prospects one below the other: whom to speak with, who is worth it, and whatever one looks for. */
export default function ProspectList({ loaderData }: Route.ComponentProps) {
  const t = useT("prospects");
  const to = useTenantPath();
  const { listing, page, views } = loaderData;
  useLive(["prospects", "views"]);
  return (
    <BusinessTime>
      <Page title={t("title")} actions={<NewProspectLink />} header={<ProspectTabs on="list" />}>
        <SavedViews
          area="prospects"
          views={views}
          builtIn={[]}
          known={dues.map((due) => listAddress(readListing(new URLSearchParams({ due }))))}
          query={listAddress(listing, { saved: undefined })}
          viewId={listing.saved}
        />
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2.5 max-sm:px-4">
          <nav aria-label={t("due")} className="flex flex-wrap gap-1.5">
            {dues.map((due) => (
              <ChipLink
                key={due}
                to={listAddress(listing, { due, sort: readListing(new URLSearchParams({ due })).sort })}
                on={due === listing.due}
              >
                {t(`due.${due}`)}
              </ChipLink>
            ))}
          </nav>
          <DownloadLink href={to(`prospects/export${listAddress(listing)}`)}>{t("export")}</DownloadLink>
        </div>
        <ListFilters {...loaderData} />
        {page.rows.length > 0 ? (
          <>
            <ProspectTable rows={page.rows} />
            <Pagination
              previous={page.previous && listAddress(listing, { before: page.previous, at: listing.at - perPage })}
              next={page.next && listAddress(listing, { after: page.next, at: listing.at + perPage })}
            >
              <ListRange from={listing.at} shown={page.rows.length} total={page.total} />
            </Pagination>
          </>
        ) : (
          <Nothing listing={listing} />
        )}
      </Page>
    </BusinessTime>
  );
}

function Nothing({ listing }: { listing: Listing }) {
  const t = useT("prospects");
  const to = useTenantPath();
  const mayWrite = useCan("prospects.write");
  const narrowed = isNarrowed(listing) || listing.due !== "all";
  return (
    <EmptyState
      icon={<Target size={18} aria-hidden />}
      title={narrowed ? t("noMatch") : t("none")}
      action={
        narrowed ? (
          <LinkButton to={listAddress(listing, { ...noFilter, due: "all", sort: "recent" })}>{t("clear")}</LinkButton>
        ) : mayWrite ? (
          <LinkButton to={to("prospects/new")} variant="primary">
            {t("new")}
          </LinkButton>
        ) : null
      }
    >
      {narrowed ? t("noMatchBody") : t("noneBody")}
    </EmptyState>
  );
}
