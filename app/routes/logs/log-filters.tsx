import { Check, ChevronDown, RotateCcw } from "lucide-react";
import { Link, useLocation } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Chip } from "#app/ui/chip.tsx";
import { cx } from "#app/ui/classes.ts";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";
import { SearchInList } from "#app/ui/search-in-list.tsx";

import { filterQuery, isNarrowed, periods, reasons, statuses, types, type LogFilter } from "./log-address.ts";

interface LogFiltersProps {
  filter: LogFilter;
  channels: readonly { id: string; name: string }[];
}

/** One chip a filter: a menu while it is off, its value with a cross while it is on. */
export function LogFilters({ filter, channels }: LogFiltersProps) {
  const t = useT("logs");
  const { pathname } = useLocation();
  const mayReplay = useCan("logs.replay");
  const tenantPath = useTenantPath();
  const to = (change: Partial<LogFilter>) => `${pathname}${filterQuery(filter, change)}`;
  const toggled = <T,>(list: readonly T[], value: T) =>
    list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
  const is = (name: string, value: string) => t("is", { name, value });
  const entry = (label: string, checked: boolean, change: Partial<LogFilter>): MenuEntry => ({
    label,
    checked,
    to: to(change),
    ...(checked ? { icon: <Check size={14} aria-hidden /> } : {}),
  });
  const channel = channels.find(({ id }) => id === filter.channel);
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2 max-sm:px-4">
      <FilterMenu
        on
        label={t(`period.${filter.period}`)}
        entries={periods.map((period) => entry(t(`period.${period}`), period === filter.period, { period }))}
      />
      {channel ? (
        <Chip name={channel.name} removeTo={to({ channel: undefined })}>
          {channel.name}
        </Chip>
      ) : (
        <FilterMenu
          label={t("channel")}
          entries={channels.map(({ id, name }) => entry(name, false, { channel: id }))}
        />
      )}
      {filter.status.map((status) => (
        <Chip key={status} name={t(`status.${status}`)} removeTo={to({ status: toggled(filter.status, status) })}>
          {t(`status.${status}`)}
        </Chip>
      ))}
      <FilterMenu
        label={t("status")}
        entries={statuses.map((status) =>
          entry(t(`status.${status}`), filter.status.includes(status), { status: toggled(filter.status, status) }),
        )}
      />
      {filter.reason.map((reason) => (
        <Chip key={reason} name={t(`reason.${reason}`)} removeTo={to({ reason: toggled(filter.reason, reason) })}>
          {t(`reason.${reason}`)}
        </Chip>
      ))}
      <FilterMenu
        label={t("reason")}
        entries={reasons.map((reason) =>
          entry(t(`reason.${reason}`), filter.reason.includes(reason), { reason: toggled(filter.reason, reason) }),
        )}
      />
      {filter.type ? (
        <Chip name={t(`types.${filter.type}`)} removeTo={to({ type: undefined })}>
          {t(`types.${filter.type}`)}
        </Chip>
      ) : (
        <FilterMenu label={t("type")} entries={types.map((type) => entry(t(`types.${type}`), false, { type }))} />
      )}
      {filter.search ? (
        <Chip name={filter.search} removeTo={to({ search: undefined })}>
          {is(t("event"), filter.search)}
        </Chip>
      ) : null}
      {isNarrowed(filter) ? (
        <Link
          to={to({ channel: undefined, status: [], reason: [], type: undefined, search: undefined })}
          preventScrollReset
          className="link text-xs"
        >
          {t("clear")}
        </Link>
      ) : null}
      {mayReplay ? (
        <Link
          to={`${tenantPath("logs/replay")}${filterQuery(filter)}`}
          preventScrollReset
          className={`${buttonClass({ variant: "plain", size: "sm" })} ml-auto`}
        >
          <RotateCcw size={14} aria-hidden />
          {t("replayMany")}
        </Link>
      ) : null}
      <SearchInList
        label={t("search")}
        value={filter.search}
        address={filterQuery(filter, { search: undefined })}
        className={cx("w-60 max-sm:order-first max-sm:w-full", !mayReplay && "ml-auto")}
      />
    </div>
  );
}

function FilterMenu({ label, entries, on = false }: { label: string; entries: readonly MenuEntry[]; on?: boolean }) {
  return (
    <Menu
      trigger={
        <button type="button" className={on ? "chip chip-on tap" : "chip tap"}>
          {label}
          <ChevronDown size={12} aria-hidden />
        </button>
      }
      entries={entries}
    />
  );
}
