import type { Format } from "#app/i18n/format.ts";
import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { ViewerMark } from "#app/shell/viewer-line.tsx";
import type { Viewer } from "#app/shell/viewers.ts";
import { initials } from "#app/ui/avatar.tsx";

import { deadlineOf } from "./deadline-words.ts";
import type { Column } from "./queue-address.ts";
import type { TicketRow } from "./queue-rows.ts";
import { dueOf, priorityWords, statusTones, type TicketWords } from "./ticket-words.ts";

interface TicketLineProps {
  row: TicketRow;
  columns: readonly Column[];
  /** "/t/atelier-lumen/tickets/" */
  base: string;
  t: TicketWords;
  ui: Translate<Dictionary["ui"]>;
  format: Format;
  now: number;
  /** Colleagues who look at it. */
  viewers: readonly Viewer[] | undefined;
}

/** One ticket of the queue. Plain elements, no hooks, whole pieces of text: a page has fifty of these. */
export function TicketLine(props: TicketLineProps) {
  const { row, columns, base, ui, viewers } = props;
  return (
    <tr data-row="">
      <td data-narrow="hide">
        <input
          type="checkbox"
          name="ticket"
          value={row.id}
          className="check tap above align-middle"
          aria-label={ui("selectRow", { name: `#${row.number} ${row.subject}` })}
        />
      </td>
      <td data-wide="" className="w-full max-w-0">
        <div className="truncate">
          <span className="text-faint">{`#${row.number}`}</span>{" "}
          <a href={base + row.number} className="row-link">
            {row.subject}
          </a>{" "}
          {viewers ? <ViewerMark viewers={viewers} /> : null}
        </div>
        <div className="truncate text-xs">{row.preview}</div>
      </td>
      {columns.map((column) => cells[column](props, column))}
    </tr>
  );
}

type Cell = (props: TicketLineProps, key: string) => React.JSX.Element;

/** What each column shows. A new one is a name in `queue-address.ts`, a line here, and its place in the head. */
const cells: Record<Column, Cell> = {
  customer: ({ row }, key) => (
    <td key={key} className="max-w-40 truncate text-fg">
      {row.customerName}
    </td>
  ),
  channel: ({ row, t }, key) => (
    <td key={key} data-narrow="hide" className="whitespace-nowrap">
      {row.channelType ? (
        <>
          <i className={`ico ico-${row.channelType}`} aria-hidden />
          {` ${t(`channel.${row.channelType}`)}`}
        </>
      ) : null}
    </td>
  ),
  status: ({ row, t }, key) => (
    <td key={key}>
      <span className={`badge badge-dot tone-${statusTones[row.status]}`}>{t(`status.${row.status}`)}</span>
    </td>
  ),
  priority: ({ row, ui }, key) => (
    <td key={key} className="text-fg">
      <span className={`prio prio-${row.priority}`}>{ui(priorityWords[row.priority])}</span>
    </td>
  ),
  deadline: ({ row, t, format, now }, key) => {
    const deadline = deadlineOf(row, now, format, t);
    return (
      <td key={key} className={`whitespace-nowrap ${deadline?.tone ?? ""}`}>
        {deadline?.icon ? <i className={`ico ${deadline.icon}`} aria-hidden /> : null}
        {deadline ? ` ${deadline.text}` : null}
      </td>
    );
  },
  due: ({ row, t, format, now }, key) => {
    const due = dueOf(row, now, format, t);
    return (
      <td key={key} className={`whitespace-nowrap ${due?.tone ?? ""}`}>
        {due?.text}
      </td>
    );
  },
  assignee: ({ row }, key) => (
    <td key={key} data-narrow="hide">
      {row.assigneeName ? (
        <span className="avatar" role="img" aria-label={row.assigneeName} title={row.assigneeName}>
          {initials(row.assigneeName)}
        </span>
      ) : row.teamName ? (
        <span className="block max-w-24 truncate text-xs" title={row.teamName}>
          {row.teamName}
        </span>
      ) : null}
    </td>
  ),
  updated: (props, key) => age(props, key, props.row.updatedAt, "max-sm:ml-auto"),
  created: (props, key) => age(props, key, props.row.createdAt, "max-sm:hidden"),
};

function age({ format, now }: TicketLineProps, key: string, at: Date, className: string) {
  return (
    <td key={key} className={`whitespace-nowrap ${className}`}>
      <time dateTime={at.toISOString()}>{format.age(at.getTime(), Math.max(now, at.getTime()))}</time>
    </td>
  );
}
