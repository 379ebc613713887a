import { useEffect, useRef } from "react";
import { useFetcher, type FetcherWithComponents } from "react-router";

import { useErrorText, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button } from "#app/ui/button.tsx";
import { Select } from "#app/ui/inputs.tsx";
import { notify } from "#app/ui/notices.ts";

import type { loader as assigneesLoader } from "./assignees.ts";
import { priorities, priorityWords, statuses } from "./ticket-words.ts";

interface BulkBarProps {
  selected: number;
  fetcher: FetcherWithComponents<{ changed: number; reason?: string } | undefined>;
  onClear: () => void;
}

/** What can be done to the selected tickets. It appears with the first ticked box, by CSS, so also without JavaScript. */
export function BulkBar({ selected, fetcher, onClear }: BulkBarProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const to = useTenantPath();
  const { load, data: members } = useFetcher<typeof assigneesLoader>();
  const source = to("tickets/assignees");
  const asking = selected > 0 && !members;
  useEffect(() => {
    if (asking) void load(source);
  }, [asking, load, source]);
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
      <Select
        name="status"
        size="sm"
        aria-label={t("bulkStatus")}
        aria-keyshortcuts="S"
        className="w-auto"
        defaultValue=""
      >
        <option value="">{t("bulkStatus")}</option>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </Select>
      <Select
        name="assignee"
        size="sm"
        aria-label={t("bulkAssign")}
        aria-keyshortcuts="A"
        className="w-auto"
        defaultValue=""
      >
        <option value="">{t("bulkAssign")}</option>
        <option value="none">{t("nobody")}</option>
        {members?.assignees.map((member) => (
          <option key={member.userId} value={member.userId}>
            {member.name}
          </option>
        ))}
      </Select>
      <Select name="priority" size="sm" aria-label={t("bulkPriority")} className="w-auto" defaultValue="">
        <option value="">{t("bulkPriority")}</option>
        {priorities.map((priority) => (
          <option key={priority} value={priority}>
            {ui(priorityWords[priority])}
          </option>
        ))}
      </Select>
      <Button type="submit" variant="primary" size="sm" busy={fetcher.state !== "idle"}>
        {t("apply")}
      </Button>
      <Button type="reset" variant="quiet" size="sm" onClick={onClear}>
        {t("unselect")}
      </Button>
    </div>
  );
}

/** Says what came of it; a refusal keeps the selection. */
function useAnswer(answer: { changed: number; reason?: string } | undefined, onDone: () => void): void {
  const t = useT("tickets");
  const errorText = useErrorText();
  const said = useRef<typeof answer>(undefined);
  useEffect(() => {
    if (!answer || said.current === answer) return;
    said.current = answer;
    if (answer.reason) {
      notify({ text: answer.reason === "nothing_chosen" ? t("bulkNothing") : errorText(answer.reason), tone: "bad" });
      return;
    }
    notify({ text: t("bulkDone", { count: answer.changed }), tone: "ok" });
    onDone();
  }, [answer, errorText, onDone, t]);
}
