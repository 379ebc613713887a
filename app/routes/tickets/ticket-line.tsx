import type { Format } from "#app/i18n/format.ts";
import type { Dictionary } from "#app/i18n/dictionaries.ts";
import type { Translate } from "#app/i18n/translate.ts";
import { initials } from "#app/ui/avatar.tsx";

import type { TicketRow } from "./queue-rows.ts";
import { dueOf, priorityWords, statusTones, type TicketWords } from "./ticket-words.ts";

interface TicketLineProps {
  row: TicketRow;
  /** "/t/atelier-lumen/tickets/" */
  base: string;
  t: TicketWords;
  ui: Translate<Dictionary["ui"]>;
  format: Format;
  now: number;
}

/** One ticket of the queue. Plain elements, no hooks, whole pieces of text: a page has fifty of these. */
export function TicketLine({ row, base, t, ui, format, now }: TicketLineProps) {
  const due = dueOf(row, now, format, t);
  const updated = row.updatedAt.getTime();
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
          </a>
        </div>
        <div className="truncate text-xs">{row.preview}</div>
      </td>
      <td className="max-w-40 truncate text-fg">{row.customerName}</td>
      <td data-narrow="hide" className="whitespace-nowrap">
        {row.channelType ? (
          <>
            <i className={`ico ico-${row.channelType}`} aria-hidden />
            {` ${t(`channel.${row.channelType}`)}`}
          </>
        ) : null}
      </td>
      <td>
        <span className={`badge badge-dot tone-${statusTones[row.status]}`}>{t(`status.${row.status}`)}</span>
      </td>
      <td className="text-fg">
        <span className={`prio prio-${row.priority}`}>{ui(priorityWords[row.priority])}</span>
      </td>
      <td className={`whitespace-nowrap ${due?.tone ?? ""}`}>{due?.text}</td>
      <td data-narrow="hide">
        {row.assigneeName ? (
          <span className="avatar" role="img" aria-label={row.assigneeName} title={row.assigneeName}>
            {initials(row.assigneeName)}
          </span>
        ) : null}
      </td>
      <td className="whitespace-nowrap max-sm:ml-auto">
        <time dateTime={row.updatedAt.toISOString()}>{format.age(updated, Math.max(now, updated))}</time>
      </td>
    </tr>
  );
}
