import { useT } from "#app/i18n/react.tsx";
import { ChipLink } from "#app/ui/chip.tsx";

import { channels } from "../tickets/ticket-words.ts";
import { ages, searchAddress, whose, type Search } from "./search-address.ts";

/** What narrows the results, each one press on or off. */
export function SearchFilters({ search }: { search: Search }) {
  const t = useT("search");
  const tickets = useT("tickets");
  const toggle = <K extends keyof Search>(name: K, value: Search[K], words: string) => {
    const on = search[name] === value;
    return (
      <ChipLink key={words} to={searchAddress(search, { [name]: on ? undefined : value })} on={on}>
        {words}
      </ChipLink>
    );
  };
  return (
    <div role="group" aria-label={t("filters")} className="flex flex-wrap gap-1.5 px-5 py-3 max-sm:px-4">
      {whose.map((one) => toggle("by", one, t(one)))}
      {ages.map((days) => toggle("sinceDays", days, t(`days.${days}`)))}
      {channels.map((channel) => toggle("channel", channel, tickets(`channel.${channel}`)))}
    </div>
  );
}
