import { useEffect, useRef } from "react";
import { useFetcher, type FetcherWithComponents } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/inputs.tsx";
import { notify } from "#app/ui/notices.ts";

import type { loader as assigneesLoader } from "./assignees.ts";
import type { BulkField } from "./bulk-choices.ts";
import type { BulkAnswer } from "./change-selected.ts";
import { priorities, priorityWords, statuses } from "./ticket-words.ts";

interface BulkBarProps {
  selected: number;
  /** More tickets match than the page shows. */
  hasMore: boolean;
  fetcher: FetcherWithComponents<BulkAnswer | undefined>;
  onClear: () => void;
}

/** What can be done to the selected tickets, or to all that match. It appears with the first ticked box, by CSS, so also without JavaScript. */
export function BulkBar({ selected, hasMore, fetcher, onClear }: BulkBarProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const choices = useBulkChoices(selected > 0);
  const busy = fetcher.state !== "idle";
  useAnswer(fetcher.data, onClear);
  return (
    <div
      role="group"
      aria-label={t("bulk")}
      className="sticky bottom-0 z-10 hidden flex-wrap items-center gap-2 border-t border-line bg-raised px-5 py-2 shadow-[0_-4px_16px_-8px_var(--shade)] in-[form:has([name=ticket]:checked)]:flex max-md:bottom-14"
    >
      <span aria-live="polite" className="mr-2 font-medium">
        {selected > 0 ? ui("selected", { count: selected }) : null}
      </span>
      {choices.map(({ field, label, shortcut, options }) => (
        <Select
          key={field}
          name={field}
          size="sm"
          aria-label={label}
          aria-keyshortcuts={shortcut}
          className="w-auto"
          defaultValue=""
        >
          <option value="">{label}</option>
          {options.map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      ))}
      <Button type="submit" variant="primary" size="sm" busy={busy}>
        {t("apply")}
      </Button>
      {hasMore ? (
        <Button type="submit" name="intent" value="matching" size="sm" busy={busy}>
          {t("allMatching")}
        </Button>
      ) : null}
      <Button type="reset" variant="quiet" size="sm" onClick={onClear}>
        {t("unselect")}
      </Button>
    </div>
  );
}

interface BulkChoice {
  field: BulkField;
  label: string;
  shortcut?: string;
  options: readonly (readonly [value: string, words: string])[];
}

/**
 * Every field that many tickets can be given at once. Who they can be given to is asked for with the first selection; a
 * business without teams or categories is not asked about them.
 */
export function useBulkChoices(wanted: boolean): BulkChoice[] {
  const t = useT("tickets");
  const ui = useT("ui");
  const work = useT("ticketWork");
  const to = useTenantPath();
  const { load, data: members } = useFetcher<typeof assigneesLoader>({ key: "assignees" });
  const source = to("tickets/assignees");
  const asking = wanted && !members;
  useEffect(() => {
    if (asking) void load(source);
  }, [asking, load, source]);
  const named = (list: readonly { id: string; name: string }[] | undefined, none: string) =>
    list?.length ? [["none", none] as const, ...list.map(({ id, name }) => [id, name] as const)] : [];
  const people = members?.assignees.map((member) => [member.userId, member.name] as const) ?? [];
  const choices: BulkChoice[] = [
    {
      field: "status",
      label: t("bulkStatus"),
      shortcut: "S",
      options: statuses.map((status) => [status, t(`status.${status}`)]),
    },
    { field: "assignee", label: t("bulkAssign"), shortcut: "A", options: [["none", t("nobody")], ...people] },
    { field: "team", label: t("bulkTeam"), options: named(members?.teams, t("noTeam")) },
    {
      field: "priority",
      label: t("bulkPriority"),
      options: priorities.map((priority) => [priority, ui(priorityWords[priority])]),
    },
    { field: "category", label: t("bulkCategory"), options: named(members?.categories, work("noCategory")) },
  ];
  return choices.filter(({ options }) => options.length > 0);
}

/** What was begun is told above the list; a refusal keeps the selection. */
function useAnswer(answer: BulkAnswer | undefined, onDone: () => void): void {
  const t = useT("tickets");
  const errorText = useErrorText();
  const said = useRef<typeof answer>(undefined);
  useEffect(() => {
    if (!answer || said.current === answer) return;
    said.current = answer;
    if (answer.kind === "started") onDone();
    if (answer.kind === "refused")
      notify({ text: answer.reason === "nothing_chosen" ? t("bulkNothing") : errorText(answer.reason), tone: "bad" });
  }, [answer, errorText, onDone, t]);
}
