import { Check, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { Link, useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Chip } from "#app/ui/chip.tsx";
import { Menu, type MenuEntry } from "#app/ui/menu.tsx";
import { SearchInList } from "#app/ui/search-in-list.tsx";

import { isNarrowed, noFilter, queueAddress, type Queue } from "./queue-address.ts";
import { channels, priorities, priorityWords, statuses } from "./ticket-words.ts";
import type { loader as assigneesLoader } from "./assignees.ts";

interface QueueFiltersProps {
  queue: Queue;
  rows: readonly { assigneeName: string | null; teamName: string | null }[];
  /** Of the category that the queue is narrowed to. */
  categoryName: string | null;
  range: ReactNode;
  /** How the queue is shown. */
  tools: ReactNode;
}

/** The filters that are on, each with a cross; a menu of the others; a search in the list. */
export function QueueFilters({ queue, rows, categoryName, range, tools }: QueueFiltersProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const chips: [name: string, without: Partial<Queue>][] = [];
  if (queue.status.length)
    chips.push([t("is.status", { value: queue.status.map((one) => t(`status.${one}`)).join(", ") }), { status: [] }]);
  if (queue.priority.length) {
    chips.push([
      t("is.priority", { value: queue.priority.map((one) => ui(priorityWords[one])).join(", ") }),
      { priority: [] },
    ]);
  }
  if (queue.assignee) {
    const value =
      queue.assignee === "me" ? t("me") : queue.assignee === "none" ? t("nobody") : (rows[0]?.assigneeName ?? "…");
    chips.push([t("is.assignee", { value }), { assignee: undefined }]);
  }
  if (queue.team) chips.push([t("is.team", { value: teamOf(rows) }), { team: undefined }]);
  if (queue.channel) chips.push([t("is.channel", { value: t(`channel.${queue.channel}`) }), { channel: undefined }]);
  if (queue.category) chips.push([t("is.category", { value: categoryName ?? "…" }), { category: undefined }]);
  if (queue.search) chips.push([t("is.search", { value: queue.search }), { search: undefined }]);
  return (
    <div className="flex flex-wrap items-center gap-2 px-5 py-2.5 max-sm:px-4">
      {chips.map(([name, without]) => (
        <Chip key={name} name={name} removeTo={queueAddress(queue, without)}>
          {name}
        </Chip>
      ))}
      <FilterMenu queue={queue} />
      {isNarrowed(queue) && chips.length > 1 ? (
        <Link to={queueAddress(queue, noFilter)} className="link text-xs">
          {t("clear")}
        </Link>
      ) : null}
      <div className="ml-auto flex flex-wrap items-center justify-end gap-x-3 gap-y-2 max-sm:w-full">
        {tools}
        <SearchInList
          label={t("search")}
          value={queue.search}
          address={queueAddress(queue, { search: undefined })}
          className="w-56 max-sm:flex-1"
        />
        {range ? <span className="text-xs text-faint max-sm:hidden">{range}</span> : null}
      </div>
    </div>
  );
}

/** Known from what is shown: every row of the list is that team's, and has its name where nobody else's. */
function teamOf(rows: QueueFiltersProps["rows"]): string {
  return rows.find(({ teamName }) => teamName)?.teamName ?? "…";
}

function FilterMenu({ queue }: { queue: Queue }) {
  const t = useT("tickets");
  const together = useT("together");
  const ui = useT("ui");
  const to = useTenantPath();
  const { load, data } = useFetcher<typeof assigneesLoader>();
  const toggled = <T,>(list: readonly T[], value: T) =>
    list.includes(value) ? list.filter((one) => one !== value) : [...list, value];
  const entry = (label: string, checked: boolean, change: Partial<Queue>): MenuEntry => ({
    label,
    checked,
    to: queueAddress(queue, change),
  });
  const person = (value: string, label: string) =>
    entry(label, queue.assignee === value, { assignee: queue.assignee === value ? undefined : value });
  const entries: MenuEntry[] = [
    { kind: "label", label: t("status") },
    ...statuses.map((value) =>
      entry(t(`status.${value}`), queue.status.includes(value), { status: toggled(queue.status, value) }),
    ),
    { kind: "line" },
    { kind: "label", label: t("priority") },
    ...priorities.map((value) =>
      entry(ui(priorityWords[value]), queue.priority.includes(value), { priority: toggled(queue.priority, value) }),
    ),
    { kind: "line" },
    { kind: "label", label: t("channel") },
    ...channels
      .slice(0, 2)
      .map((value) =>
        entry(t(`channel.${value}`), queue.channel === value, { channel: queue.channel === value ? undefined : value }),
      ),
    ...(data && data.categories.length > 0
      ? [{ kind: "line" as const }, { kind: "label" as const, label: t("category") }]
      : []),
    ...(data?.categories ?? [])
      .slice(0, 30)
      .map(({ id, name }) => entry(name, queue.category === id, { category: queue.category === id ? undefined : id })),
    { kind: "line" },
    { kind: "label", label: t("assignee") },
    person("me", t("me")),
    person("none", t("nobody")),
    ...(data?.assignees ?? []).slice(0, 30).map((member) => person(member.userId, member.name)),
    ...(data && data.teams.length > 0
      ? [{ kind: "line" as const }, { kind: "label" as const, label: together("team") }]
      : []),
    ...(data?.teams ?? [])
      .slice(0, 30)
      .map(({ id, name }) => entry(name, queue.team === id, { team: queue.team === id ? undefined : id })),
  ];
  const asked = () => (data ? undefined : void load(to("tickets/assignees")));
  return (
    <span onPointerEnter={asked} onFocus={asked}>
      <Menu
        trigger={
          <button type="button" className="chip tap" aria-keyshortcuts="F">
            <SlidersHorizontal size={12} aria-hidden />
            {t("filter")}
          </button>
        }
        entries={entries.map((one) =>
          "checked" in one && one.checked ? { ...one, icon: <Check size={14} aria-hidden /> } : one,
        )}
      />
    </span>
  );
}
