import { Plus, Users } from "lucide-react";
import { Link } from "react-router";

import { apiContext } from "#app/context.ts";
import { useFormat, useT } from "#app/i18n/react.tsx";
import { countedViews } from "#app/shell/counted-views.ts";
import { useLive } from "#app/shell/live.ts";
import { Page } from "#app/shell/page.tsx";
import { SavedViews } from "#app/shell/saved-views.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Chip } from "#app/ui/chip.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { ListRange } from "#app/ui/list-range.tsx";
import { useNow } from "#app/ui/now.tsx";
import { Pagination } from "#app/ui/pagination.tsx";
import { SearchInList } from "#app/ui/search-in-list.tsx";
import { Tabs } from "#app/ui/tabs.tsx";

import type { Route } from "./+types/list";
import { CustomerLine } from "./customer-line.tsx";
import { segments } from "./customer-words.ts";
import { listAddress, readListing, type Listing, type Sort } from "./list-address.ts";

const perPage = 50;

export async function loader({ request, context }: Route.LoaderArgs) {
  const listing = readListing(new URL(request.url).searchParams);
  const api = context.get(apiContext);
  const [page, views] = await Promise.all([
    api.customers.list(listing),
    countedViews(api, { area: "customers", filterOf, counts: api.customers.counts }),
  ]);
  return { listing, page, views };
}

/** A search answers its best fifty: how many there are is not known. */
function filterOf(params: URLSearchParams) {
  const { search, segment, tag } = readListing(params);
  return search ? null : { segment, tag };
}

export default function CustomerList({ loaderData: { listing, page, views } }: Route.ComponentProps) {
  const t = useT("customers");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  useLive(["customers", "views"], undefined, { every: 1_000 });
  const base = to("customers/");
  const tabs = [
    { to: listAddress(listing, { segment: undefined }), label: t("all"), on: !listing.segment },
    ...segments.map((segment) => ({
      to: listAddress(listing, { segment }),
      label: t(`segments.${segment}`),
      on: segment === listing.segment,
    })),
  ];
  const range =
    listing.search && page.rows.length > 0 ? (
      t("results", { count: page.total })
    ) : (
      <ListRange from={listing.from} shown={page.rows.length} total={page.total} />
    );
  return (
    <Page
      title={t("title")}
      actions={
        <LinkButton to={to("customers/new")} variant="primary" icon={<Plus size={15} aria-hidden />}>
          {t("new")}
        </LinkButton>
      }
      header={<Tabs label={t("segments")} tabs={tabs} />}
    >
      <SavedViews
        area="customers"
        views={views}
        builtIn={[]}
        known={segments.map((segment) => listAddress(readListing(new URLSearchParams({ segment }))))}
        query={listAddress(listing, { saved: undefined })}
        viewId={listing.saved}
      />
      <div className="flex flex-wrap items-center gap-3 px-5 py-2.5 max-sm:px-4">
        <SearchInList
          label={t("search")}
          value={listing.search}
          address={listAddress(listing, { search: undefined })}
          className="w-full sm:w-80"
        />
        {listing.tag ? (
          <Chip name={t("withTag", { tag: listing.tag })} removeTo={listAddress(listing, { tag: undefined })}>
            {t("withTag", { tag: listing.tag })}
          </Chip>
        ) : null}
        <span className="ml-auto text-xs text-faint">{range}</span>
      </div>
      {page.rows.length > 0 ? (
        <table className="table table-stack" aria-label={t("title")}>
          <thead>
            <tr>
              <SortHeader listing={listing} sort="name" name={t("name")} />
              <th>{t("contact")}</th>
              <th>{t("segment")}</th>
              <th>{t("channel")}</th>
              <th className="end">{t("requests")}</th>
              <SortHeader listing={listing} sort="revenue" name={t("revenue")} end />
              <SortHeader listing={listing} sort="recent" name={t("recent")} />
            </tr>
          </thead>
          <tbody>
            {page.rows.map((row) => (
              <CustomerLine key={row.id} row={row} base={base} t={t} format={format} now={now} />
            ))}
          </tbody>
        </table>
      ) : (
        <Nothing listing={listing} />
      )}
      {page.previous || page.next ? (
        <Pagination
          previous={page.previous && listAddress(listing, { before: page.previous, from: listing.from - perPage })}
          next={page.next && listAddress(listing, { after: page.next, from: listing.from + perPage })}
        >
          {range}
        </Pagination>
      ) : null}
    </Page>
  );
}

/** The order that a search answers in is its own: best first. */
function SortHeader({
  listing,
  sort,
  name,
  end = false,
}: {
  listing: Listing;
  sort: Sort;
  name: string;
  end?: boolean;
}) {
  const t = useT("customers");
  const className = end ? "end" : undefined;
  if (listing.search) return <th className={className}>{name}</th>;
  const on = listing.sort === sort;
  return (
    <th className={className} aria-sort={on ? (sort === "name" ? "ascending" : "descending") : undefined}>
      <Link to={listAddress(listing, { sort })} className="hover:text-fg" aria-label={t("sortBy", { name })}>
        {name}
        {on ? <span aria-hidden> {sort === "name" ? "↑" : "↓"}</span> : null}
      </Link>
    </th>
  );
}

function Nothing({ listing }: { listing: Listing }) {
  const t = useT("customers");
  const to = useTenantPath();
  const narrowed = Boolean(listing.search ?? listing.segment ?? listing.tag);
  return (
    <EmptyState
      icon={<Users size={18} aria-hidden />}
      title={narrowed ? t("noMatch") : t("empty")}
      action={
        narrowed ? (
          <LinkButton to="?">{t("clear")}</LinkButton>
        ) : (
          <LinkButton to={to("customers/new")} variant="primary">
            {t("new")}
          </LinkButton>
        )
      }
    >
      {narrowed ? t("noMatchBody") : t("emptyBody")}
    </EmptyState>
  );
}
