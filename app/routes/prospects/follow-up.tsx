import { useFormat, useT } from "#app/i18n/react.tsx";
import { cx } from "#app/ui/classes.ts";
import { useNow } from "#app/ui/now.tsx";

import { isOpen, type Status } from "./prospect-words.ts";

/** When to speak with somebody again; said to be late while they are open and it is past. */
export function FollowUp({ at, status }: { at: Date | null; status: Status }) {
  const t = useT("prospects");
  const format = useFormat();
  const now = useNow();
  if (!at) return <span className="text-faint">{t("noFollowUp")}</span>;
  const late = isOpen(status) && at.getTime() < now;
  return (
    <time
      dateTime={at.toISOString()}
      title={format.full(at)}
      className={cx("whitespace-nowrap tabular-nums", late && "font-medium text-bad")}
    >
      {format.dateTime(at)}
      {late ? ` · ${t("late")}` : null}
    </time>
  );
}
