import type { ReactNode } from "react";
import { Form, Link } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { AddressSelect } from "#app/ui/address-field.tsx";
import { Button } from "#app/ui/button.tsx";

import { periods, surveyChannels, type Listing } from "./list-address.ts";

interface SurveyFiltersProps {
  listing: Listing;
  colleagues: readonly { userId: string; name: string }[];
}

/** What the list and its figures are narrowed by: the address says it, and a choice changes it. */
export function SurveyFilters({ listing, colleagues }: SurveyFiltersProps) {
  const t = useT("surveys");
  const inbox = useT("inbox");
  const { state, score, channelType, memberId, days } = listing;
  const narrowed = Boolean(score ?? channelType ?? memberId) || days !== 30;
  return (
    <Form method="get" aria-label={t("filter")} className="flex flex-wrap items-end gap-2 px-5 max-sm:px-4">
      {state === "asked" ? null : <input type="hidden" name="state" value={state} />}
      <Choice name="days" label={t("period")} value={String(days)}>
        {periods.map((one) => (
          <option key={one} value={one}>
            {t(`days.${one}`)}
          </option>
        ))}
      </Choice>
      <Choice name="channel" label={t("channel")} value={channelType ?? ""}>
        <option value="">{t("anyChannel")}</option>
        {surveyChannels.map((one) => (
          <option key={one} value={one}>
            {inbox(`channel.${one}`)}
          </option>
        ))}
      </Choice>
      <Choice name="member" label={t("member")} value={memberId ?? ""}>
        <option value="">{t("anyMember")}</option>
        {colleagues.map(({ userId, name }) => (
          <option key={userId} value={userId}>
            {name}
          </option>
        ))}
      </Choice>
      <Choice name="score" label={t("score")} value={score ? String(score) : ""}>
        <option value="">{t("anyScore")}</option>
        {[5, 4, 3, 2, 1].map((one) => (
          <option key={one} value={one}>
            {t("scoreOf", { score: one })}
          </option>
        ))}
      </Choice>
      <Button type="submit">{t("filter")}</Button>
      {narrowed ? (
        <Link to="?" className="link pb-1.5">
          {t("clear")}
        </Link>
      ) : null}
    </Form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  children: ReactNode;
}

function Choice({ name, label, value, children }: ChoiceProps) {
  return (
    <label className="flex flex-col gap-1 max-sm:w-[calc(50%-0.25rem)]">
      <span className="text-xs text-faint">{label}</span>
      <AddressSelect name={name} value={value} className="sm:w-44">
        {children}
      </AddressSelect>
    </label>
  );
}
