import { useT } from "#app/i18n/react.tsx";
import { FilterChoice } from "#app/ui/filter-choice.tsx";
import { FilterForm } from "#app/ui/filter-form.tsx";

import {
  isNarrowed,
  listAddress,
  noFilter,
  periods,
  readListing,
  surveyChannels,
  type Listing,
} from "./list-address.ts";

interface SurveyFiltersProps {
  listing: Listing;
  colleagues: readonly { userId: string; name: string }[];
}

/** What the list and its figures are narrowed by; all of it stands in the address. */
export function SurveyFilters({ listing, colleagues }: SurveyFiltersProps) {
  const t = useT("surveys");
  const inbox = useT("inbox");
  const { state, score, channelType, memberId, days } = listing;
  return (
    <FilterForm
      label={t("filters")}
      address={(asked) => listAddress(readListing(asked))}
      clear={isNarrowed(listing) ? { to: listAddress(listing, noFilter), label: t("clear") } : null}
    >
      {state === "asked" ? null : <input type="hidden" name="state" value={state} />}
      <FilterChoice name="days" label={t("period")} value={String(days)}>
        {periods.map((one) => (
          <option key={one} value={one}>
            {t(`days.${one}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="channel" label={t("channel")} any={t("anyChannel")} value={channelType}>
        {surveyChannels.map((one) => (
          <option key={one} value={one}>
            {inbox(`channel.${one}`)}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="member" label={t("member")} any={t("anyMember")} value={memberId}>
        {colleagues.map(({ userId, name }) => (
          <option key={userId} value={userId}>
            {name}
          </option>
        ))}
      </FilterChoice>
      <FilterChoice name="score" label={t("score")} any={t("anyScore")} value={score?.toString()}>
        {[5, 4, 3, 2, 1].map((one) => (
          <option key={one} value={one}>
            {t("scoreOf", { score: one })}
          </option>
        ))}
      </FilterChoice>
    </FilterForm>
  );
}
