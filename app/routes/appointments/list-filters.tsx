import { useT } from "#app/i18n/react.tsx";
import { AddressInput } from "#app/ui/address-field.tsx";
import { Chip } from "#app/ui/chip.tsx";
import { FilterChoice } from "#app/ui/filter-choice.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";

import { statuses } from "./appointment-words.ts";
import { isNarrowed, listAddress, noFilter, readListing, type Listing } from "./list-address.ts";

interface ListFiltersProps {
  listing: Listing;
  members: readonly { userId: string; name: string }[];
  services: readonly { id: string; name: string }[];
  customerName: string | null;
}

/** What narrows the list; all of it stands in the address. */
export function ListFilters({ listing, members, services, customerName }: ListFiltersProps) {
  const t = useT("appointments");
  const { period, from, until, customer, saved } = listing;
  return (
    <FilterForm
      label={t("filters")}
      address={(asked) => listAddress(readListing(asked))}
      clear={isNarrowed(listing) ? { to: listAddress(listing, noFilter), label: t("clear") } : null}
    >
      {period === "upcoming" ? null : <input type="hidden" name="period" value={period} />}
      {Object.entries({ customer, saved }).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <FilterChoice name="status" label={t("status")} any={t("anyStatus")} value={listing.status.join(",")}>
        {listing.status.length > 1 ? <option value={listing.status.join(",")}>{listing.status.length}</option> : null}
        {statuses.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="member" label={t("member")} any={t("everybody")} value={listing.member ?? ""}>
        {members.map(({ userId, name }) => (
          <option key={userId} value={userId}>
            {name}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="service" label={t("service")} any={t("anyService")} value={listing.service ?? ""}>
        {services.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </FilterChoice>
      <Day name="from" label={t("fromDay")} value={from} />
      <Day name="until" label={t("untilDay")} value={until} />
      {customer ? (
        <Chip name={t("customer")} removeTo={listAddress(listing, { customer: undefined })}>
          {t("ofCustomer", { name: customerName ?? "…" })}
        </Chip>
      ) : null}
    </FilterForm>
  );
}

function Day({ name, label, value }: { name: string; label: string; value: string | undefined }) {
  return (
    <label className="flex flex-col gap-1 text-xs text-faint max-sm:min-w-36 max-sm:flex-1">
      {label}
      <AddressInput type="date" name={name} size="sm" value={value ?? ""} />
    </label>
  );
}
