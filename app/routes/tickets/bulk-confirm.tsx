import type { FetcherWithComponents } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { Button } from "#app/ui/button.tsx";

import { useBulkChoices } from "./bulk-bar.tsx";
import { bulkFields } from "./bulk-choices.ts";
import type { BulkAnswer } from "./change-selected.ts";

interface BulkConfirmProps {
  answer: Extract<BulkAnswer, { kind: "ask" }>;
  fetcher: FetcherWithComponents<BulkAnswer | undefined>;
}

/** Everything that matches is named in numbers before any of it is changed. */
export function BulkConfirm({ answer: { total, asked }, fetcher }: BulkConfirmProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const format = useFormat();
  const choices = useBulkChoices(true);
  const words = choices.flatMap(({ field, options }) => {
    const chosen = options.find(([value]) => value === asked[field]);
    return chosen ? [t(`bulkIs.${field}`, { value: chosen[1] })] : [];
  });
  const focus = (element: HTMLElement | null) => element?.focus();
  return (
    <fetcher.Form
      method="post"
      preventScrollReset
      aria-label={t("bulkTitle")}
      className="mx-5 mb-2 flex flex-wrap items-center gap-x-3 gap-y-2 rounded-lg border border-accent bg-active px-4 py-3 max-sm:mx-4"
    >
      {bulkFields.map((field) =>
        asked[field] ? <input key={field} type="hidden" name={field} value={asked[field]} /> : null,
      )}
      <p role="status" className="min-w-60 flex-1">
        <strong>{t("bulkMatching", { count: total })}</strong>{" "}
        {words.length > 0 ? t("bulkBecome", { change: format.list(words) }) : null}{" "}
        <span className="text-dim">{t("bulkHint")}</span>
      </p>
      <span className="flex gap-2">
        <Button type="submit" name="intent" value="leave" variant="quiet" size="sm">
          {ui("cancel")}
        </Button>
        <Button
          type="submit"
          name="intent"
          value="confirm"
          variant="primary"
          size="sm"
          busy={fetcher.state !== "idle"}
          disabled={total === 0}
          ref={focus}
        >
          {t("bulkConfirm", { count: total })}
        </Button>
      </span>
    </fetcher.Form>
  );
}
