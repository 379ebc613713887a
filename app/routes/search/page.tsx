import { Search as SearchIcon } from "lucide-react";

import { apiContext } from "#app/context.ts";
import { useT } from "#app/i18n/react.tsx";
import { Page } from "#app/shell/page.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { EmptyState } from "#app/ui/empty-state.tsx";
import { Input } from "#app/ui/inputs.tsx";
import { LinkButton } from "#app/ui/link-button.tsx";
import { Tabs } from "#app/ui/tabs.tsx";
import { Form } from "react-router";

import type { Route } from "./+types/page";
import { findEverything, type Found } from "./find-everything.ts";
import { ConversationResults, CustomerResults, TicketResults } from "./results.tsx";
import { kinds, readSearch, searchAddress, type Search } from "./search-address.ts";
import { SearchFilters } from "./search-filters.tsx";

export async function loader({ request, context }: Route.LoaderArgs) {
  const search = readSearch(new URL(request.url).searchParams);
  return { search, found: await findEverything(context.get(apiContext), search) };
}

/** What holds the words of the address, a kind at a time, the best first. */
export default function SearchResults({ loaderData: { search, found } }: Route.ComponentProps) {
  const t = useT("search");
  const tabs = kinds.map((kind) => ({
    to: searchAddress(search, { kind }),
    label: t(kind),
    count: found?.counts[kind],
    on: found?.kind === kind,
  }));
  return (
    <Page title={t("title")} header={found ? <Tabs label={t("kinds")} tabs={tabs} /> : null}>
      <SearchForm search={search} />
      {found && found.kind !== "customers" ? <SearchFilters search={{ ...search, kind: found.kind }} /> : null}
      {found ? <Results search={search} found={found} /> : <EmptyState title={t("ask")}>{t("askBody")}</EmptyState>}
    </Page>
  );
}

function SearchForm({ search }: { search: Search }) {
  const t = useT("search");
  const kept = new URLSearchParams(searchAddress(search, { query: "" }));
  return (
    <Form
      role="search"
      aria-label={t("words")}
      method="get"
      className="flex gap-2 px-5 pt-3 max-sm:px-4"
      key={search.query}
    >
      {[...kept].map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Input
        type="search"
        name="q"
        defaultValue={search.query}
        aria-label={t("words")}
        aria-keyshortcuts="/"
        placeholder={t("words")}
        className="min-w-0 flex-1 sm:max-w-120"
      />
      <Button type="submit" icon={<SearchIcon size={14} aria-hidden />}>
        {t("find")}
      </Button>
    </Form>
  );
}

function Results({ search, found }: { search: Search; found: Found }) {
  const t = useT("search");
  const to = useTenantPath();
  const { kind } = found;
  if (found.counts[kind] === 0) return <Nothing search={search} />;
  const { next, instead } = kind === "customers" ? { next: null, instead: [] } : found[kind];
  return (
    <div className="px-5 pb-12 max-sm:px-4">
      {instead.length > 0 ? (
        <p role="status" className="py-2 text-dim">
          {t("instead", { words: instead.join(", ") })}
        </p>
      ) : null}
      {kind === "conversations" ? <ConversationResults hits={found.conversations.hits} base={to("inbox/")} /> : null}
      {kind === "tickets" ? <TicketResults hits={found.tickets.hits} base={to("tickets/")} /> : null}
      {kind === "customers" ? <CustomerResults rows={found.customers.rows} base={to("customers/")} /> : null}
      {next || search.after ? (
        <nav aria-label={t("pages")} className="flex flex-wrap gap-2 py-4">
          {search.after ? <LinkButton to={searchAddress(search, { kind })}>{t("first")}</LinkButton> : null}
          {next ? (
            <LinkButton rel="next" to={searchAddress(search, { kind, after: next })}>
              {t("more")}
            </LinkButton>
          ) : null}
        </nav>
      ) : null}
    </div>
  );
}

function Nothing({ search }: { search: Search }) {
  const t = useT("search");
  const narrowed = Boolean(search.channel ?? search.sinceDays ?? search.by);
  return (
    <EmptyState
      icon={<SearchIcon size={18} aria-hidden />}
      title={t("nothing", { query: search.query })}
      action={
        narrowed ? (
          <LinkButton to={searchAddress(search, { channel: undefined, sinceDays: undefined, by: undefined })}>
            {t("clear")}
          </LinkButton>
        ) : null
      }
    >
      {narrowed ? t("nothingNarrowed") : t("nothingBody")}
    </EmptyState>
  );
}
