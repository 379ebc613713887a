import { Phone } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { countedViews } from "#app/shell/counted-views.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { SavedViews } from "#app/shell/saved-views.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { ChipLink } from "#app/ui/chip.tsx";
import { DownloadLink } from "#app/ui/download-link.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Pagination } from "#app/ui/pagination.tsx";

import type { Route } from "./+types/list";
import { CallFilters } from "./call-filters.tsx";
import { CallTable } from "./call-table.tsx";
import { filterOf, isNarrowed, kinds, listAddress, noFilter, readListing, type Listing } from "./list-address.ts";

export async function loader({ request, context }: Route.LoaderArgs) {
  const api = context.get(apiContext);
  const { calls, channels, customers } = api;
  const listing = readListing(new URL(request.url).searchParams);
  const [page, views, all, chosen] = await Promise.all([
    calls.list({ ...filterOf(listing), cursor: listing.cursor }),
    countedViews(api, { area: "calls", filterOf: (params) => filterOf(readListing(params)), counts: calls.counts }),
    channels.list(),
    listing.customer ? customers.get({ customerId: listing.customer }) : null,
  ]);
  return {
    listing,
    page,
    views,
    channels: all.filter(({ channelType }) => channelType === "phone").map(({ id, name }) => ({ id, name })),
    customerName: chosen?.customer.displayName ?? null,
  };
}

export type CallRow = Route.ComponentProps["loaderData"]["page"]["rows"][number];

/** Every phone call, the latest first: who called, how it went, and what came of it. */
export default function Calls({ loaderData }: Route.ComponentProps) {
  const t = useT("calls");
  const to = useTenantPath();
  const { listing, page } = loaderData;
  useLive(["calls", "views"], undefined, { every: 2_000 });
  return (
    <Page title={t("list")}>
      <CallViews {...loaderData} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-5 py-2.5 max-sm:px-4">
        <nav aria-label={t("kind")} className="flex flex-wrap gap-1.5">
          <ChipLink to={listAddress(listing, { only: undefined })} on={!listing.only}>
            {t("allCalls")}
          </ChipLink>
          {kinds.map((kind) => (
            <ChipLink key={kind} to={listAddress(listing, { only: kind })} on={listing.only === kind}>
              {t(kind === "missed" ? "missedOnly" : "agentOnly")}
            </ChipLink>
          ))}
        </nav>
        {page.rows.length > 0 ? (
          <DownloadLink href={to(`calls/export${listAddress(listing)}`)}>{t("export")}</DownloadLink>
        ) : null}
      </div>
      <CallFilters {...loaderData} />
      {page.rows.length > 0 ? <CallTable rows={page.rows} /> : <Nothing listing={listing} />}
      <Pagination
        previous={listing.cursor ? listAddress(listing) : null}
        next={page.nextCursor ? listAddress(listing, { cursor: page.nextCursor }) : null}
      />
    </Page>
  );
}

type CallViewsProps = Pick<Route.ComponentProps["loaderData"], "listing" | "views" | "channels">;

function CallViews({ listing, views, channels }: CallViewsProps) {
  const t = useT("views");
  const gone = listing.channel !== undefined && !channels.some(({ id }) => id === listing.channel);
  return (
    <SavedViews
      area="calls"
      views={views}
      builtIn={[]}
      known={kinds.map((only) => listAddress(readListing(new URLSearchParams({ only }))))}
      query={listAddress(listing, { saved: undefined })}
      viewId={listing.saved}
      problem={gone ? t("goneChannel") : null}
    />
  );
}

function Nothing({ listing }: { listing: Listing }) {
  const t = useT("calls");
  const narrowed = isNarrowed(listing);
  return (
    <EmptyState
      icon={<Phone size={18} aria-hidden />}
      title={t(narrowed ? "noMatch" : "none")}
      action={
        narrowed ? (
          <LinkButton to={listAddress(listing, noFilter)}>{t("clear")}</LinkButton>
        ) : listing.days ? (
          <LinkButton to={listAddress(listing, { days: undefined })}>{t("days.all")}</LinkButton>
        ) : null
      }
    >
      {t(narrowed ? "noMatchBody" : "noneBody")}
    </EmptyState>
  );
}
