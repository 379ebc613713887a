import { useRef, useState } from "react";
import { Link, type FetcherWithComponents } from "react-router";

import { useFormat, useT } from "#app/i18n/react.tsx";
import { useTenantPath } from "#app/shell/shell-data.ts";
import { useViewers } from "#app/shell/viewers.ts";
import { useNow } from "#app/ui/now.tsx";

import { BulkBar } from "./bulk-bar.tsx";
import type { BulkAnswer } from "./change-selected.ts";
import { queueAddress, type Column, type Queue, type Sort } from "./queue-address.ts";
import type { TicketRow } from "./queue-rows.ts";
import { TicketLine } from "./ticket-line.tsx";

interface TicketTableProps {
  queue: Queue;
  rows: readonly TicketRow[];
  columns: readonly Column[];
  /** More tickets match than the page shows. */
  hasMore: boolean;
  fetcher: FetcherWithComponents<BulkAnswer | undefined>;
}

/** The queue. What is selected lives in the boxes themselves, so that ticking one renders nothing else. */
export function TicketTable({ queue, rows, columns, hasMore, fetcher }: TicketTableProps) {
  const t = useT("tickets");
  const ui = useT("ui");
  const format = useFormat();
  const now = useNow();
  const to = useTenantPath();
  const form = useRef<HTMLFormElement>(null);
  const [selected, setSelected] = useState(0);
  const boxes = () => [...(form.current?.querySelectorAll<HTMLInputElement>("input[name=ticket]") ?? [])];
  const recount = () => setSelected(boxes().filter((box) => box.checked).length);
  const selectAll = (checked: boolean) => {
    for (const box of boxes()) box.checked = checked;
    recount();
  };
  const base = to("tickets/");
  const viewers = useViewers();
  return (
    <fetcher.Form method="post" ref={form} onChange={recount} preventScrollReset>
      <table className="table table-stack" aria-label={t(`view.${queue.view}`)}>
        <thead>
          <tr>
            <th className="w-8">
              <input
                type="checkbox"
                className="check align-middle"
                aria-label={ui("selectAll")}
                checked={selected > 0 && selected === rows.length}
                ref={(box) => {
                  if (box) box.indeterminate = selected > 0 && selected < rows.length;
                }}
                onChange={(event) => selectAll(event.target.checked)}
              />
            </th>
            <SortHeader queue={queue} sort="number" name={t("ticket")} />
            {columns.map((column) => {
              const sort = sortOf[column];
              const name = t(column);
              return sort ? (
                <SortHeader key={column} queue={queue} sort={sort} name={name} />
              ) : (
                <th key={column}>{name}</th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <TicketLine
              key={row.id}
              row={row}
              columns={columns}
              base={base}
              t={t}
              ui={ui}
              format={format}
              now={now}
              viewers={viewers.get(row.id)}
            />
          ))}
        </tbody>
      </table>
      <BulkBar selected={selected} hasMore={hasMore} fetcher={fetcher} onClear={() => selectAll(false)} />
    </fetcher.Form>
  );
}

/** Columns that can be sorted by: a closed list, each with its index. */
const sortOf: Partial<Record<Column, Sort>> = {
  priority: "priority",
  deadline: "deadline",
  updated: "updated",
  created: "created",
};

function SortHeader({ queue, sort, name }: { queue: Queue; sort: Sort; name: string }) {
  const t = useT("tickets");
  const on = queue.sort === sort;
  const direction = on && queue.direction === "desc" ? "asc" : "desc";
  return (
    <th aria-sort={on ? (queue.direction === "asc" ? "ascending" : "descending") : undefined}>
      <Link to={queueAddress(queue, { sort, direction })} className="hover:text-fg" aria-label={t("sortBy", { name })}>
        {name}
        {on ? <span aria-hidden> {queue.direction === "asc" ? "↑" : "↓"}</span> : null}
      </Link>
    </th>
  );
}
