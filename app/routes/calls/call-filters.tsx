import { useT } from "#app/i18n/react.tsx";
import { Chip } from "#app/ui/chip.tsx";
import { FilterChoice } from "#app/ui/filter-choice.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";

import type { Listing } from "./list-address.ts";
import {
  directions,
  isNarrowed,
  listAddress,
  noFilter,
  periods,
  readListing,
  sentiments,
  statuses,
} from "./list-address.ts";

interface CallFiltersProps {
  listing: Listing;
  channels: readonly { id: string; name: string }[];
  customerName: string | null;
}

/** What narrows the list; all of it stands in the address. */
export function CallFilters({ listing, channels, customerName }: CallFiltersProps) {
  const t = useT("calls");
  const { only, customer, saved, direction, days, status, channel, sentiment } = listing;
  return (
    <FilterForm
      label={t("filters")}
      address={(asked) => listAddress(readListing(asked))}
      clear={isNarrowed(listing) ? { to: listAddress(listing, noFilter), label: t("clear") } : null}
    >
      {Object.entries({ only, customer, saved }).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <FilterChoice name="days" label={t("period")} value={days ? String(days) : "all"}>
        {periods.map((one) => (
          <option key={one} value={one}>
            {t(`days.${one}`)}
          </option>
        ))}
        <option value="all">{t("days.all")}</option>
      </FilterChoice>
      <FilterChoice name="direction" label={t("direction")} any={t("any.direction")} value={direction}>
        {directions.map((one) => (
          <option key={one} value={one}>
            {t(`direction.${one}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="status" label={t("status")} any={t("any.status")} value={status}>
        {statuses.map((one) => (
          <option key={one} value={one}>
            {t(`status.${one}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="channel" label={t("channel")} any={t("any.channel")} value={channel}>
        {channels.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="sentiment" label={t("sentiment")} any={t("any.sentiment")} value={sentiment}>
        {sentiments.map((one) => (
          <option key={one} value={one}>
            {t(`sentiment.${one}`)}
          </option>
        ))}
      </FilterChoice>
      {customer ? (
        <Chip name={t("customer")} removeTo={listAddress(listing, { customer: undefined })}>
          {t("ofCustomer", { name: customerName ?? "…" })}
        </Chip>
      ) : null}
    </FilterForm>
  );
}
