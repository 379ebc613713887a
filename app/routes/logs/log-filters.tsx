import { Check, ChevronDown, RotateCcw } from "lucide-react";
import { Link, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useCan, useTenantPath } from "#app/shell/shell-data.ts";
import { buttonClass } from "#app/ui/button.tsx";
import { Chip } from "#app/ui/chip.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";
import { SearchInList } from "#app/ui/search-in-list.tsx";

import { wordsFor } from "#app/routes/settings/channels/words.ts";

import {
  filterQuery,
  isNarrowed,
  noFilter,
  periods,
  providers,
  reasons,
  statuses,
  types,
  type LogFilter,
} from "./log-address.ts";

interface LogFiltersProps {
  filter: LogFilter;
  channels: readonly { id: string; name: string; provider: string }[];
}

/** One chip a filter: a menu while it is off, its value with a cross while it is on. */
export function LogFilters({ filter, channels }: LogFiltersProps) {
  const t = useT("logs");
  const words = useT("channels");
  const format = useFormat();
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
  const inUse = providers.filter((provider) => channels.some((one) => one.provider === provider));
  const providerName = (provider: string) => wordsFor(words, `provider.${provider}`);
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2 max-sm:px-4">
      {filter.from ? (
        <Chip name={t("window")} removeTo={to({ from: undefined, to: undefined })}>
          {[filter.from, filter.to].flatMap((at) => (at ? format.dateTime(at) : [])).join(" – ")}
        </Chip>
      ) : null}
      <FilterMenu
        on
        label={t(`period.${filter.period}`)}
        entries={periods.map((period) =>
          entry(t(`period.${period}`), period === filter.period, { period, from: undefined, to: undefined }),
        )}
      />
      {filter.channel ? (
        <Chip name={channel?.name ?? t("goneChannel")} removeTo={to({ channel: undefined })}>
          {channel?.name ?? t("goneChannel")}
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
      {filter.provider ? (
        <Chip name={providerName(filter.provider)} removeTo={to({ provider: undefined })}>
          {providerName(filter.provider)}
        </Chip>
      ) : inUse.length > 1 ? (
        <FilterMenu
          label={t("fact.provider")}
          entries={inUse.map((provider) => entry(providerName(provider), false, { provider }))}
        />
      ) : null}
      {filter.slow ? (
        <Chip name={t("slow")} removeTo={to({ slow: false })}>
          {t("slow")}
        </Chip>
      ) : null}
      {filter.again ? (
        <Chip name={t("triedAgain")} removeTo={to({ again: false })}>
          {t("triedAgain")}
        </Chip>
      ) : null}
      {filter.slow && filter.again ? null : (
        <FilterMenu
          label={t("more")}
          entries={[
            ...(filter.slow ? [] : [entry(t("slow"), false, { slow: true })]),
            ...(filter.again ? [] : [entry(t("triedAgain"), false, { again: true })]),
          ]}
        />
      )}
      {filter.search ? (
        <Chip name={filter.search} removeTo={to({ search: undefined })}>
          {is(t("event"), filter.search)}
        </Chip>
      ) : null}
      {filter.text ? (
        <Chip name={filter.text} removeTo={to({ text: undefined })}>
          {is(t("contents"), filter.text)}
        </Chip>
      ) : null}
      {isNarrowed(filter) ? (
        <Link to={to(noFilter)} preventScrollReset className="link text-xs">
          {t("clear")}
        </Link>
      ) : null}
      {/* A file and a replay follow every filter but this one, and would take more than the list shows. */}
      {filter.text ? null : <ExportLinks address={`${tenantPath("logs/export")}${filterQuery(filter)}`} />}
      {mayReplay && !filter.text ? (
        <Link
          to={`${tenantPath("logs/replay")}${filterQuery(filter)}`}
          preventScrollReset
          className={`${buttonClass({ variant: "plain", size: "sm" })}`}
        >
          <RotateCcw size={14} aria-hidden />
          {t("replayMany")}
        </Link>
      ) : null}
      <SearchInList
        label={t("search")}
        value={filter.search}
        address={filterQuery(filter, { search: undefined })}
        className="w-60 max-sm:order-first max-sm:w-full"
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

/** The list as a file: plain links, which the browser saves. */
function ExportLinks({ address }: { address: string }) {
  const t = useT("logs");
  const as = (format: string) => `${address}${address.includes("?") ? "&" : "?"}format=${format}`;
  return (
    <span className="ml-auto text-xs text-faint max-sm:hidden">
      {t("export")}{" "}
      <a className="link" href={as("csv")} download>
        CSV
      </a>{" "}
      ·{" "}
      <a className="link" href={as("ndjson")} download>
        NDJSON
      </a>
    </span>
  );
}
