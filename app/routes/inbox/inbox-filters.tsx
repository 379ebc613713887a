import { SlidersHorizontal } from "lucide-react";
import { useFetcher, useLocation } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { SavedViews, type ShownView } from "#app/shell/saved-views.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Chip } from "#app/ui/chip.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";

import type { loader as choicesLoader, InboxChoices } from "./choices.ts";
import { filterAddress, narrowings, type InboxAddress, type Narrowing } from "./inbox-address.ts";

interface InboxFiltersProps {
  address: InboxAddress;
  views: readonly ShownView[];
  /** Names of what is chosen; null where nothing is that needs one. */
  choices: InboxChoices | null;
}

/** Under the title: what narrows the list, each with a cross, and the views saved of it. Nothing where there is neither. */
export function InboxFilters({ address, views, choices }: InboxFiltersProps) {
  const to = useNarrowed(address);
  const name = useNames(choices);
  const { narrow } = address;
  const isNarrow = Object.keys(narrow).length > 0;
  if (address.query || (views.length === 0 && !isNarrow)) return null;
  return (
    <div className="flex flex-wrap items-center gap-y-1.5 pb-1.5">
      {isNarrow ? (
        <div className="flex flex-wrap items-center gap-1.5 pl-5 max-sm:pl-4">
          {narrowings.flatMap((kind) => {
            const value = narrow[kind];
            if (!value) return [];
            const words = name(kind, value);
            return [
              <Chip key={kind} name={words} removeTo={to({ [kind]: undefined })}>
                {words}
              </Chip>,
            ];
          })}
        </div>
      ) : null}
      <SavedViews
        area="inbox"
        views={views}
        builtIn={[]}
        known={[filterAddress({ view: address.view, narrow: {} })]}
        query={filterAddress(address)}
        viewId={address.saved}
      />
    </div>
  );
}

/** The address of the list with a filter more, or without one. */
function useNarrowed(address: InboxAddress) {
  const { pathname } = useLocation();
  return (change: Narrowing) =>
    pathname + filterAddress({ ...address, narrow: without({ ...address.narrow, ...change }) });
}

function without(narrow: Narrowing): Narrowing {
  return Object.fromEntries(Object.entries(narrow).filter(([, value]) => value !== undefined));
}

const waits = [15, 60, 240, 1440] as const;

function useNames(choices: InboxChoices | null) {
  const t = useT("inbox");
  const together = useT("together");
  const format = useFormat();
  const named = (list: readonly { id: string; name: string }[] | undefined, id: string) =>
    list?.find((one) => one.id === id)?.name ?? "…";
  return (kind: keyof Narrowing, value: string): string => {
    switch (kind) {
      case "assignee":
        if (value === "me") return t("filter.me");
        return value === "nobody" ? t("filter.nobody") : t("assignee", { name: named(choices?.people, value) });
      case "team":
        return `${together("team")} : ${named(choices?.teams, value)}`;
      case "channel":
        return named(choices?.channels, value);
      case "label":
        return named(choices?.labels, value);
      case "unread":
        return t("filter.unread");
      case "waiting":
        return t("filter.waiting", { age: format.duration(Number(value) * 60_000) });
    }
  };
}

/** Everything a list may be narrowed by; F opens it. */
export function FilterMenu({ address, choices: known }: { address: InboxAddress; choices: InboxChoices | null }) {
  const t = useT("inbox");
  const together = useT("together");
  const path = useTenantPath();
  const { load, data } = useFetcher<typeof choicesLoader>();
  const choices = data ?? known;
  const to = useNarrowed(address);
  const name = useNames(choices);
  const { narrow } = address;
  const entry = (kind: keyof Narrowing, value: string): MenuEntry => ({
    label: name(kind, value),
    checked: narrow[kind] === value,
    to: to({ [kind]: narrow[kind] === value ? undefined : value }),
  });
  const group = (title: string, kind: keyof Narrowing, list: readonly { id: string }[]): MenuEntry[] =>
    list.length === 0
      ? []
      : [{ kind: "line" }, { kind: "label", label: title }, ...list.slice(0, 30).map(({ id }) => entry(kind, id))];
  const entries: MenuEntry[] = [
    entry("unread", "1"),
    ...waits.map((minutes) => entry("waiting", String(minutes))),
    { kind: "line" },
    { kind: "label", label: t("filter.assignee") },
    entry("assignee", "me"),
    entry("assignee", "nobody"),
    ...(choices?.people ?? []).slice(0, 30).map(({ id }) => entry("assignee", id)),
    ...group(together("team"), "team", choices?.teams ?? []),
    ...group(t("labels"), "label", choices?.labels ?? []),
    ...group(t("filter.channel"), "channel", choices?.channels ?? []),
  ];
  const asked = () => (choices ? undefined : void load(path("inbox/choices")));
  return (
    <span onPointerEnter={asked} onFocus={asked}>
      <Menu
        trigger={
          <button type="button" className="chip tap" aria-keyshortcuts="F">
            <SlidersHorizontal size={12} aria-hidden />
            {t("filter")}
          </button>
        }
        entries={entries}
      />
    </span>
  );
}
