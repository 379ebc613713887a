import { useFormat, useT } from "#app/i18n/react.tsx";
import { Chip } from "#app/ui/chip.tsx";
import { FilterChoice } from "#app/ui/filter-choice.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";

import { isNarrowed, listAddress, noFilter, readListing, scores, sorts, type Listing } from "./list-address.ts";
import { sources, statuses } from "./prospect-words.ts";

interface ListFiltersProps {
  listing: Listing;
  members: readonly { userId: string; name: string }[];
  customerName: string | null;
  /** The first instant of the period that is shown. */
  from: Date | null;
}

/** What narrows the list, and its order; all of it stands in the address. */
export function ListFilters({ listing, members, customerName, from }: ListFiltersProps) {
  const t = useT("prospects");
  const format = useFormat();
  const { due, stage, customer, since, saved } = listing;
  return (
    <FilterForm
      label={t("filters")}
      address={(asked) => listAddress(readListing(asked))}
      clear={isNarrowed(listing) ? { to: listAddress(listing, noFilter), label: t("clear") } : null}
    >
      {due === "all" ? null : <input type="hidden" name="due" value={due} />}
      {Object.entries({ stage, customer, since, saved }).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <FilterChoice name="status" label={t("status")} any={t("anyStatus")} value={listing.status.join(",")}>
        {listing.status.length > 1 ? <option value={listing.status.join(",")}>{t("someStatuses")}</option> : null}
        {statuses.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="owner" label={t("owner")} any={t("anyOwner")} value={listing.owner ?? ""}>
        <option value="none">{t("nobody")}</option>
        {members.map(({ userId, name }) => (
          <option key={userId} value={userId}>
            {name}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="score" label={t("minScore")} any={t("anyScore")} value={String(listing.minScore ?? "")}>
        {scores.map((score) => (
          <option key={score} value={score}>
            {t("scoreFrom", { score: String(score) })}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="source" label={t("source")} any={t("anySource")} value={listing.source ?? ""}>
        {sources.map((source) => (
          <option key={source} value={source}>
            {t(`source.${source}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="sort" label={t("sort")} value={listing.sort}>
        {sorts.map((sort) => (
          <option key={sort} value={sort}>
            {t(`sort.${sort}`)}
          </option>
        ))}
      </FilterChoice>
      {stage ? (
        <Chip name={t("stage")} removeTo={listAddress(listing, { stage: undefined })}>
          {t(`stage.${stage}`)}
        </Chip>
      ) : null}
      {from ? (
        <Chip name={t("sinceName")} removeTo={listAddress(listing, { since: undefined })}>
          {t("since", { date: format.date(from) })}
        </Chip>
      ) : null}
      {customer ? (
        <Chip name={t("customer")} removeTo={listAddress(listing, { customer: undefined })}>
          {t("ofCustomer", { name: customerName ?? "…" })}
        </Chip>
      ) : null}
    </FilterForm>
  );
}
