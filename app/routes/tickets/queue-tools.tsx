import { ArrowDown, ArrowUp, Columns3, Download, Kanban, List } from "lucide-react";
import { Link, useFetcher } from "react-router";

import { useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { Button, buttonClass } from "#app/ui/button.tsx";
import { Checkbox } from "#app/ui/checkbox.tsx";
import { IconButton } from "#app/ui/icon-button.tsx";

import { columns as allColumns, queueAddress, type Column, type Queue } from "./queue-address.ts";

/** How the queue is shown: as a list or a board, with which columns; and the same as a file. */
export function QueueTools({ queue, columns }: { queue: Queue; columns?: readonly Column[] }) {
  const t = useT("tickets");
  const to = useTenantPath();
  return (
    <>
      {columns ? (
        <>
          <ColumnChoice queue={queue} columns={columns} />
          <a
            href={`${to("tickets/export")}${queueAddress(queue, { columns: [...columns] })}`}
            download
            className={`${buttonClass({ variant: "quiet", size: "sm" })} max-sm:hidden`}
          >
            <Download size={13} aria-hidden />
            {t("export")}
          </a>
        </>
      ) : null}
      <LayoutSwitch queue={queue} />
    </>
  );
}

/** B goes to the other one. */
function LayoutSwitch({ queue }: { queue: Queue }) {
  const t = useT("tickets");
  const to = useTenantPath();
  const layouts = [
    { name: "table", icon: List, path: to("tickets") },
    { name: "board", icon: Kanban, path: to("tickets/board") },
  ] as const;
  return (
    <nav aria-label={t("layout")} className="flex gap-1">
      {layouts.map(({ name, icon: Icon, path }) => {
        const on = queue.layout === name;
        return (
          <Link
            key={name}
            to={path + queueAddress(queue, { layout: name })}
            className={`chip tap ${on ? "chip-on" : ""}`}
            aria-current={on ? "true" : undefined}
            aria-keyshortcuts={on ? undefined : "B"}
          >
            <Icon size={12} aria-hidden />
            {t(name)}
          </Link>
        );
      })}
    </nav>
  );
}

/** Which columns, in which order: one's own, or of this address alone, to be kept in a view. */
function ColumnChoice({ queue, columns }: { queue: Queue; columns: readonly Column[] }) {
  const t = useT("tickets");
  const to = useTenantPath();
  const fetcher = useFetcher();
  const others = allColumns.filter((column) => !columns.includes(column));
  return (
    <details className="relative max-sm:hidden">
      <summary className={buttonClass({ variant: "quiet", size: "sm" })}>
        <Columns3 size={13} aria-hidden />
        {t("columns")}
      </summary>
      <fetcher.Form
        method="post"
        action={to("tickets/columns")}
        aria-label={t("columnsTitle")}
        className="absolute right-0 z-20 mt-1 flex w-72 flex-col gap-2 rounded-xl border border-line bg-raised p-3 shadow-lg"
      >
        <input type="hidden" name="queue" value={queueAddress(queue)} />
        <ul className="flex flex-col">
          {[...columns, ...others].map((column, at) => {
            const name = t(column);
            const isShown = at < columns.length;
            return (
              <li key={column} className="flex min-h-8 items-center gap-1">
                <span className="flex-1">
                  <Checkbox name="column" value={column} defaultChecked={isShown} label={name} />
                </span>
                {isShown && at > 0 ? (
                  <IconButton
                    type="submit"
                    name="up"
                    value={column}
                    label={t("columnUp", { name })}
                    icon={<ArrowUp size={13} aria-hidden />}
                  />
                ) : null}
                {isShown && at < columns.length - 1 ? (
                  <IconButton
                    type="submit"
                    name="down"
                    value={column}
                    label={t("columnDown", { name })}
                    icon={<ArrowDown size={13} aria-hidden />}
                  />
                ) : null}
              </li>
            );
          })}
        </ul>
        <p className="text-xs text-faint">{t("columnsHint")}</p>
        <div className="flex flex-wrap gap-1.5">
          <Button type="submit" name="intent" value="mine" variant="primary" size="sm">
            {t("columnsSave")}
          </Button>
          <Button type="submit" name="intent" value="here" size="sm">
            {t("columnsHere")}
          </Button>
          <Button type="submit" name="intent" value="usual" size="sm" variant="quiet">
            {t("columnsReset")}
          </Button>
        </div>
      </fetcher.Form>
    </details>
  );
}
